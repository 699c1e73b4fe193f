// Command terraform-provider-slipway manages Slipway through its public API.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"slipway.dev/terraform-provider-slipway/internal/provider"
)

// version is set by the build: -ldflags "-X main.version=1.0.0".
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for Terraform to attach, so that a debugger can be used")
	flag.Parse()
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/slipway/slipway",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
