/** Frames as the hub sends them, with the data given. */
export const price = (data: object) => ({
  type: 'price_update',
  data,
  timestamp: '2030-01-01T02:00:00.000100',
});

export const trade = (data: object) => ({
  type: 'trade_executed',
  data: { order_id: 'ORDER-1', symbol: 'ETH-USDC', side: 'buy', quantity: 1, price: 2000, ...data },
});

export const alert = (data: object) => ({
  type: 'alert',
  data: {
    alert_type: 'price_alert',
    severity: 'info',
    message: 'ETH moves',
    timestamp: '2030-01-01T02:00:00',
    ...data,
  },
});

export const portfolio = (data: object) => ({ type: 'portfolio_update', data });

export const prediction = (data: object) => ({ type: 'ml_prediction', data });

export const pattern = (data: object) => ({ type: 'pattern_detected', data });
