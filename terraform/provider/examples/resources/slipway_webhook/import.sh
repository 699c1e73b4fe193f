terraform import slipway_webhook.builds 0192d3a4b5c67d8e9f00000000000002 # the webhook's id
