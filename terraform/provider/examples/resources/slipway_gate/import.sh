terraform import slipway_gate.digits digits # the model's name
