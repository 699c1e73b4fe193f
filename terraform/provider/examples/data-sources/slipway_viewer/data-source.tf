data "slipway_viewer" "me" {}

output "workspace" {
  value = data.slipway_viewer.me.workspace
}
