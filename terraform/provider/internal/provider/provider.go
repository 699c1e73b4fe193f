// Package provider is the Terraform provider of Slipway.
package provider

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

const (
	usualEndpoint     = "http://127.0.0.1:8080"
	usualRetrySeconds = 30
)

type slipwayProvider struct {
	version string
}

// connection is what the provider hands to its resources.
type connection struct {
	client *client.Client
	names  *takenNames
}

type providerModel struct {
	Endpoint     types.String `tfsdk:"endpoint"`
	Token        types.String `tfsdk:"token"`
	CAFile       types.String `tfsdk:"ca_file"`
	Workspace    types.String `tfsdk:"workspace"`
	RetrySeconds types.Int64  `tfsdk:"retry_seconds"`
}

// New gives the provider of a version.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &slipwayProvider{version} }
}

func (p *slipwayProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName, resp.Version = "slipway", p.version
}

func (p *slipwayProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the models, gates, channels, labeling projects, monitors, triggers, tokens and webhooks of a " +
			"Slipway server, which carries machine-learning models from labels to phones.",
		Attributes: map[string]schema.Attribute{
			"endpoint": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The server's address, such as `https://slipway.example`. Default: `SLIPWAY_SERVER`, otherwise `" + usualEndpoint + "`.",
			},
			"token": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "An API token: of the role `engineer` for most resources, `admin` for `slipway_token`, `viewer` for data " +
					"sources. Default: `SLIPWAY_TOKEN`; none is needed where the server needs none.",
			},
			"ca_file": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "A PEM file with the certificate authorities to trust beside the system's. Default: `SLIPWAY_CA_FILE`.",
			},
			"workspace": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The workspace to work in. A token is good for one workspace only. Default: the server's default workspace.",
			},
			"retry_seconds": schema.Int64Attribute{
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, 3600)},
				MarkdownDescription: "How long requests are repeated while the server is not there or says that it has too much to do. " +
					"What might be done twice is not repeated. Default: 30.",
			},
		},
	}
}

func (p *slipwayProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if config.Endpoint.IsUnknown() || config.Token.IsUnknown() || config.CAFile.IsUnknown() || config.Workspace.IsUnknown() {
		// A server that the same configuration makes is not there yet; what has to be read of it fails and says so.
		return
	}
	retry := int64(usualRetrySeconds)
	if !config.RetrySeconds.IsNull() {
		retry = config.RetrySeconds.ValueInt64()
	}
	made, err := client.New(client.Config{
		Endpoint:  or(config.Endpoint, "SLIPWAY_SERVER", usualEndpoint),
		Token:     or(config.Token, "SLIPWAY_TOKEN", ""),
		CAFile:    or(config.CAFile, "SLIPWAY_CA_FILE", ""),
		Workspace: config.Workspace.ValueString(),
		Retry:     time.Duration(retry) * time.Second,
		Version:   p.version,
	})
	if err != nil {
		resp.Diagnostics.AddError("The provider's configuration can't be", "With this configuration no server can be reached: "+err.Error()+".")
		return
	}
	if made.InsecureToken() {
		resp.Diagnostics.AddAttributeWarning(path.Root("endpoint"), "The token travels in plain text",
			"Whoever is on the way to this server can read the token. Use https.")
	}
	shared := &connection{client: made, names: &takenNames{}}
	resp.ResourceData, resp.DataSourceData = shared, shared
}

// or gives a configured value, or else an environment variable's, or else the usual one.
func or(configured types.String, variable, usual string) string {
	if !configured.IsNull() {
		return configured.ValueString()
	}
	if value := os.Getenv(variable); value != "" {
		return value
	}
	return usual
}

func (p *slipwayProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		newModelResource, newGateResource, newChannelResource, newProjectResource, newMonitorResource, newTriggerResource,
		newTokenResource, newWebhookResource,
	}
}

func (p *slipwayProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newModelVersionDataSource, newReleaseDataSource, newManifestDataSource, newPipelineDataSource, newViewerDataSource,
	}
}

// takenNames are those that resources of this configuration were made with.
type takenNames struct {
	mutex sync.Mutex
	taken map[string]bool
}

// take tells whether nobody had the name before.
func (n *takenNames) take(name string) bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.taken[name] {
		return false
	}
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	n.taken[name] = true
	return true
}
