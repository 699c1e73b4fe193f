module "slipway" {
  source = "../.."

  archive_url    = "https://downloads.example.org/slipway-0.1.0-linux-x86_64.zip"
  archive_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  domain         = "slipway.example.org"
  environment    = { SLIPWAY_LOG = "json" }
}

# As user data of any cloud's machine, such as aws_instance.user_data or hcloud_server.user_data.
output "user_data" {
  value = module.slipway.user_data
}
