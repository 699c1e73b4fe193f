package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

type releaseDataSource struct{ connectedDataSource }

type releaseModel struct {
	Model         types.String `tfsdk:"model"`
	Number        types.Int64  `tfsdk:"number"`
	Channel       types.String `tfsdk:"channel"`
	ID            types.String `tfsdk:"id"`
	ModelVersion  types.String `tfsdk:"model_version"`
	VersionNumber types.Int64  `tfsdk:"version_number"`
	Files         []fileModel  `tfsdk:"files"`
}

type release struct {
	ID            string
	Number        int64
	Version       *named
	VersionNumber int64
	Files         []file
}

const releaseFields = `{ id number version { id } versionNumber ` + fileFields + ` }`

func newReleaseDataSource() datasource.DataSource { return &releaseDataSource{} }

func (d *releaseDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "slipway_release"
}

func (d *releaseDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A release of a model: the one that a channel delivers, the one of a number, or the newest. Needs the role `viewer`.",
		Attributes: map[string]schema.Attribute{
			"model": schema.StringAttribute{Required: true, MarkdownDescription: "The model's name."},
			"number": schema.Int64Attribute{
				Optional: true, Computed: true,
				Validators:          []validator.Int64{int64validator.AtLeast(1), int64validator.ConflictsWith(path.MatchRoot("channel"))},
				MarkdownDescription: "The release's number within the model. Without it and `channel`, the newest release is read.",
			},
			"channel": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "The channel that delivers it.",
			},
			"id":             schema.StringAttribute{Computed: true, MarkdownDescription: "The release's global id."},
			"model_version":  schema.StringAttribute{Computed: true, MarkdownDescription: "The global id of the version released; null if that was deleted."},
			"version_number": schema.Int64Attribute{Computed: true, MarkdownDescription: "The number of the version released."},
			"files":          filesAttribute("The files that are delivered."),
		},
	}
}

func (d *releaseDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config releaseModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !d.there(&resp.Diagnostics) {
		return
	}
	model := config.Model.ValueString()
	var found *release
	var what string
	var err error
	if config.Channel.IsNull() {
		what = "release of a model '" + model + "'"
		if !config.Number.IsNull() {
			what = fmt.Sprintf("release %d of a model '%s'", config.Number.ValueInt64(), model)
		}
		found, err = d.numbered(ctx, model, config.Number.ValueInt64())
	} else {
		what = "channel '" + config.Channel.ValueString() + "' of a model '" + model + "'"
		found, err = d.delivered(ctx, model, config.Channel.ValueString())
	}
	if err != nil {
		fail(&resp.Diagnostics, "read the releases of the model '"+model+"'", err)
		return
	}
	if found == nil {
		resp.Diagnostics.AddError("It is not there", "The server has no "+what+".")
		return
	}
	config.ID, config.Number = types.StringValue(found.ID), types.Int64Value(found.Number)
	config.VersionNumber, config.ModelVersion = types.Int64Value(found.VersionNumber), types.StringNull()
	if found.Version != nil {
		config.ModelVersion = types.StringValue(found.Version.ID)
	}
	config.Files = fileModels(found.Files)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// numbered gives the release of a number, or the newest for 0; nil if there is none.
func (d *releaseDataSource) numbered(ctx context.Context, model string, number int64) (*release, error) {
	var match *release
	err := pages(func(after *string) (bool, pageInfo, error) {
		var data struct {
			ModelNamed *struct {
				Releases struct {
					Nodes    []release
					PageInfo pageInfo
				}
			}
		}
		err := d.client.Ask(ctx, `query ($name: String!, $after: String) { modelNamed(name: $name) {
			releases(first: 200, after: $after) { nodes `+releaseFields+` pageInfo { hasNextPage endCursor } } } }`,
			client.Variables{"name": model, "after": after}, &data)
		if err != nil || data.ModelNamed == nil {
			return true, pageInfo{}, err
		}
		for i := range data.ModelNamed.Releases.Nodes {
			if one := &data.ModelNamed.Releases.Nodes[i]; match == nil && (number == 0 || one.Number == number) {
				match = one
			}
		}
		return match != nil, data.ModelNamed.Releases.PageInfo, nil
	})
	return match, err
}

func (d *releaseDataSource) delivered(ctx context.Context, model, channel string) (*release, error) {
	var data struct {
		ModelNamed *struct {
			Channels []struct {
				Name    string
				Release *release
			}
		}
	}
	err := d.client.Ask(ctx, `query ($name: String!) { modelNamed(name: $name) { channels { name release `+releaseFields+` } } }`,
		client.Variables{"name": model}, &data)
	if err != nil || data.ModelNamed == nil {
		return nil, err
	}
	for _, one := range data.ModelNamed.Channels {
		if one.Name == channel {
			return one.Release, nil
		}
	}
	return nil, nil
}
