variables {
  archive_url    = "https://downloads.example.org/slipway-0.1.0-linux-x86_64.zip"
  archive_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}

run "on_loopback" {
  command = plan

  assert {
    condition     = startswith(output.user_data, "#cloud-config\n")
    error_message = "Cloud-init would not take it for a cloud-config."
  }
  assert {
    condition     = !contains(yamldecode(output.user_data).packages, "caddy")
    error_message = "Without a domain nothing listens on other addresses."
  }
  assert {
    condition     = strcontains(yamldecode(output.user_data).write_files[1].content, var.archive_sha256)
    error_message = "The zip must be held against its SHA-256."
  }
  assert {
    condition     = strcontains(output.unit, "SLIPWAY_SECURITY_MODE=token") && strcontains(output.unit, "--host 127.0.0.1 --port 8080")
    error_message = "It must ask for tokens, and listen on loopback."
  }
  assert {
    condition     = output.endpoint == "http://127.0.0.1:8080"
    error_message = "It is reached on the machine itself."
  }
}

run "under_a_name" {
  command = plan
  variables {
    domain      = "slipway.example.org"
    port        = 9000
    environment = { SLIPWAY_LOG = "json", SLIPWAY_S3_PREFIX = "a%b\\c" }
  }

  assert {
    condition     = strcontains(yamldecode(output.user_data).write_files[2].content, "reverse_proxy 127.0.0.1:9000")
    error_message = "The proxy must lead to the server."
  }
  assert {
    condition     = output.endpoint == "https://slipway.example.org"
    error_message = "It is reached by its name."
  }
  assert {
    condition     = strcontains(output.unit, "Environment=\"SLIPWAY_LOG=json\"") && strcontains(output.unit, "Environment=\"SLIPWAY_S3_PREFIX=a%%b\\\\c\"")
    error_message = "Variables must reach the unit as systemd reads them."
  }
}

run "refuses_what_can_not_be" {
  command = plan
  variables {
    archive_url    = "http://downloads.example.org/slipway.zip"
    archive_sha256 = "abc"
    domain         = "Slipway.example.org; rm"
    port           = 80
    heap           = "much"
    java_package   = "-y evil"
    environment    = { SLIPWAY_PORT = "1" }
  }
  expect_failures = [
    var.archive_url, var.archive_sha256, var.domain, var.port, var.heap, var.java_package, var.environment,
  ]
}

run "refuses_variables_that_break_lines" {
  command = plan
  variables {
    environment = { SLIPWAY_LOG = "json\nExecStartPre=/bin/evil" }
  }
  expect_failures = [var.environment]
}
