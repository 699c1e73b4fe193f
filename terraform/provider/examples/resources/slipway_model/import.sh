terraform import slipway_model.digits digits # the model's name
