terraform import slipway_channel.production digits/production # the model's name and the channel's
