data "slipway_model_version" "tested" {
  model  = "digits"
  number = 7
}

resource "slipway_channel" "production" {
  model         = slipway_model.digits.id
  name          = "production"
  model_version = data.slipway_model_version.tested.id

  # Where pipelines release to the channel too:
  lifecycle {
    ignore_changes = [model_version]
  }
}
