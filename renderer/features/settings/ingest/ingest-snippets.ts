export type SnippetLanguage = 'python' | 'curl';

/** An alert as a detector would post it. */
const PYTHON = (url: string, header: string): string => `import os
from datetime import datetime, timezone

import requests

now = datetime.now(timezone.utc).replace(microsecond=0)
current, previous = 9_000_000.0, 2_000_000.0
answer = requests.post(
    "${url}",
    headers={"${header}": os.environ["QUARTERDECK_KEY"]},
    json={
        "symbol": "BTCUSDT",
        "asset": "BTC",
        "currentVolume": current,
        "previousVolume": previous,
        "volumeRatio": current / previous,
        "alertType": "SPIKE",
        "message": "BTC volume 4.5x of the hour before",
        "timestamp": now.isoformat(),
        "hourTimestamp": now.replace(minute=0, second=0).isoformat(),
    },
    timeout=10,
)
answer.raise_for_status()
print(answer.json()["alertId"])
`;

const CURL = (url: string, header: string): string => `NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)
HOUR=$(date -u +%Y-%m-%dT%H:00:00Z)
curl --fail-with-body --max-time 10 "${url}" \\
  -H "${header}: $QUARTERDECK_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"symbol":"BTCUSDT","asset":"BTC","currentVolume":9000000,"previousVolume":2000000,
       "volumeRatio":4.5,"alertType":"SPIKE","message":"BTC volume 4.5x of the hour before",
       "timestamp":"'"$NOW"'","hourTimestamp":"'"$HOUR"'"}'
`;

/** A script's part that posts one alert to this address. It reads the key from the environment: none is written into it. */
export const ingestSnippet = (language: SnippetLanguage, url: string, keyHeader: string): string =>
  language === 'python' ? PYTHON(url, keyHeader) : CURL(url, keyHeader);
