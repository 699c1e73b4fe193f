package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type viewerDataSource struct{ connectedDataSource }

type viewerModel struct {
	Subject   types.String `tfsdk:"subject"`
	Workspace types.String `tfsdk:"workspace"`
	Roles     types.Set    `tfsdk:"roles"`
}

func newViewerDataSource() datasource.DataSource { return &viewerDataSource{} }

func (d *viewerDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "slipway_viewer"
}

func (d *viewerDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "As whom, and in which workspace, the server sees the provider.",
		Attributes: map[string]schema.Attribute{
			"subject":   schema.StringAttribute{Computed: true, MarkdownDescription: "Who it is, such as `token:ci`."},
			"workspace": schema.StringAttribute{Computed: true, MarkdownDescription: "The workspace that calls are about."},
			"roles":     schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "What it may do, such as `engineer`."},
		},
	}
}

func (d *viewerDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !d.there(&resp.Diagnostics) {
		return
	}
	var data struct {
		Viewer struct {
			Subject, Workspace string
			Roles              []string
		}
	}
	if err := d.client.Ask(ctx, `{ viewer { subject workspace roles } }`, nil, &data); err != nil {
		fail(&resp.Diagnostics, "ask the server who it sees", err)
		return
	}
	found := []string{}
	for _, role := range data.Viewer.Roles {
		found = append(found, strings.ToLower(role))
	}
	roles, problems := types.SetValueFrom(ctx, types.StringType, found)
	resp.Diagnostics.Append(problems...)
	state := viewerModel{types.StringValue(data.Viewer.Subject), types.StringValue(data.Viewer.Workspace), roles}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}
