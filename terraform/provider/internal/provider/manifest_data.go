package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type manifestDataSource struct{ connectedDataSource }

type manifestModel struct {
	Model      types.String        `tfsdk:"model"`
	Channel    types.String        `tfsdk:"channel"`
	KeySet     types.String        `tfsdk:"key_set"`
	Number     types.Int64         `tfsdk:"number"`
	Release    types.Int64         `tfsdk:"release"`
	Version    types.Int64         `tfsdk:"version"`
	Issued     types.String        `tfsdk:"issued"`
	Classes    types.List          `tfsdk:"classes"`
	InputShape types.List          `tfsdk:"input_shape"`
	Files      []manifestFileModel `tfsdk:"files"`
	KeyID      types.String        `tfsdk:"key_id"`
	JWS        types.String        `tfsdk:"jws"`
}

type manifestFileModel struct {
	fileModel
	Path types.String `tfsdk:"path"`
}

func newManifestDataSource() datasource.DataSource { return &manifestDataSource{} }

func (d *manifestDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "slipway_manifest"
}

func (d *manifestDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	files := filesAttribute("What a device may fetch.")
	files.NestedObject.Attributes["path"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Where it is fetched, below the endpoint."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The signed manifest of a channel, as devices get it, with its signature verified. Needs the role `device`.",
		Attributes: map[string]schema.Attribute{
			"model":   schema.StringAttribute{Required: true, MarkdownDescription: "The model's name."},
			"channel": schema.StringAttribute{Required: true, MarkdownDescription: "The channel's name."},
			"key_set": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The JSON Web Key Set to trust, as text, such as an app has pinned. Default: the one that the server gives now, " +
					"which proves no more than that both come from one server.",
			},
			"number":  schema.Int64Attribute{Computed: true, MarkdownDescription: "Only rises; a device refuses a manifest with a smaller one."},
			"release": schema.Int64Attribute{Computed: true, MarkdownDescription: "The number of the release."},
			"version": schema.Int64Attribute{Computed: true, MarkdownDescription: "The number of the model version."},
			"issued":  schema.StringAttribute{Computed: true, MarkdownDescription: "When it was signed, as RFC 3339 in UTC."},
			"classes": schema.ListAttribute{
				Computed: true, ElementType: types.StringType, MarkdownDescription: "What the model tells apart, in the order of its outputs.",
			},
			"input_shape": schema.ListAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: "The shape of one sample."},
			"files":       files,
			"key_id":      schema.StringAttribute{Computed: true, MarkdownDescription: "The key that signed it."},
			"jws":         schema.StringAttribute{Computed: true, MarkdownDescription: "The manifest as it was signed, a JWS in compact form."},
		},
	}
}

func (d *manifestDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config manifestModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !d.there(&resp.Diagnostics) {
		return
	}
	found, err := d.client.Manifest(ctx, config.Model.ValueString(), config.Channel.ValueString(), config.KeySet.ValueString())
	if err != nil {
		fail(&resp.Diagnostics, "read the manifest of "+config.Model.ValueString()+", channel "+config.Channel.ValueString(), err)
		return
	}
	classes, problems := types.ListValueFrom(ctx, types.StringType, found.Classes)
	resp.Diagnostics.Append(problems...)
	shape, problems := types.ListValueFrom(ctx, types.Int64Type, found.InputShape)
	resp.Diagnostics.Append(problems...)
	config.Number, config.Release, config.Version = types.Int64Value(found.Number), types.Int64Value(found.Release), types.Int64Value(found.Version)
	config.Issued = types.StringValue(time.UnixMilli(found.Issued).UTC().Format(time.RFC3339))
	config.Classes, config.InputShape = classes, shape
	config.Files = []manifestFileModel{}
	for _, one := range found.Files {
		config.Files = append(config.Files, manifestFileModel{
			fileModel: fileModel{
				Target: types.StringValue(one.Target), Precision: types.StringValue(one.Precision), Layout: types.StringValue(one.Layout),
				SHA256: types.StringValue(one.SHA256), Size: types.Int64Value(one.Size),
			},
			Path: types.StringValue(one.Path),
		})
	}
	config.KeyID, config.JWS = types.StringValue(found.KeyID), types.StringValue(found.JWS)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
