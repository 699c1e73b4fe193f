terraform {
  required_providers {
    slipway = {
      source = "slipway/slipway"
    }
  }
}

# The token is best given as SLIPWAY_TOKEN.
provider "slipway" {
  endpoint = "https://slipway.example.org"
}
