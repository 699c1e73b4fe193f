locals {
  # systemd takes % for the beginning of a specifier.
  environment = { for name, value in var.environment : name => replace(replace(value, "\\", "\\\\"), "%", "%%") }

  unit = templatefile("${path.module}/slipway.service.tftpl", {
    port        = var.port
    heap        = var.heap
    environment = local.environment
  })

  install = templatefile("${path.module}/install.sh.tftpl", {
    url    = var.archive_url
    sha256 = var.archive_sha256
  })

  caddy = var.domain == null ? "" : <<-EOT
    ${var.domain} {
      encode
      reverse_proxy 127.0.0.1:${var.port}
    }
  EOT

  user_data = join("\n", ["#cloud-config", yamlencode({
    package_update = true
    packages       = concat([var.java_package, "unzip", "curl", "ca-certificates"], var.domain == null ? [] : ["caddy"])
    write_files = concat([
      { path = "/etc/systemd/system/slipway.service", permissions = "0644", content = local.unit },
      { path = "/usr/local/sbin/install-slipway", permissions = "0755", content = local.install },
      ], var.domain == null ? [] : [
      { path = "/etc/caddy/Caddyfile", permissions = "0644", content = local.caddy },
    ])
    runcmd = concat([["/usr/local/sbin/install-slipway"]], var.domain == null ? [] : [["systemctl", "restart", "caddy"]])
  })])
}
