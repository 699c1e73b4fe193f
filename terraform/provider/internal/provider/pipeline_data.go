package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

type pipelineDataSource struct{ connectedDataSource }

type pipelineModel struct {
	Name  types.String `tfsdk:"name"`
	ID    types.String `tfsdk:"id"`
	Steps types.List   `tfsdk:"steps"`
}

type pipeline struct {
	named
	Steps []struct{ Kind string }
}

func newPipelineDataSource() datasource.DataSource { return &pipelineDataSource{} }

func (d *pipelineDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "slipway_pipeline"
}

func (d *pipelineDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A pipeline, such as a `slipway_trigger` starts. Needs the role `viewer`.",
		Attributes: map[string]schema.Attribute{
			"name":  schema.StringAttribute{Required: true, MarkdownDescription: "Unique in the workspace."},
			"id":    schema.StringAttribute{Computed: true, MarkdownDescription: "The pipeline's global id."},
			"steps": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The kinds of its steps, in their order."},
		},
	}
}

func (d *pipelineDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config pipelineModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !d.there(&resp.Diagnostics) {
		return
	}
	name := config.Name.ValueString()
	var match *pipeline
	err := pages(func(after *string) (bool, pageInfo, error) {
		var data struct {
			Pipelines struct {
				Nodes    []pipeline
				PageInfo pageInfo
			}
		}
		err := d.client.Ask(ctx, `query ($after: String) { pipelines(first: 200, after: $after) {
			nodes { id name steps { kind } } pageInfo { hasNextPage endCursor } } }`, client.Variables{"after": after}, &data)
		for i := range data.Pipelines.Nodes {
			if data.Pipelines.Nodes[i].Name == name {
				match = &data.Pipelines.Nodes[i]
			}
		}
		return match != nil, data.Pipelines.PageInfo, err
	})
	if err != nil {
		fail(&resp.Diagnostics, "read the pipelines", err)
		return
	}
	if match == nil {
		resp.Diagnostics.AddError("It is not there", "The server has no pipeline '"+name+"'.")
		return
	}
	kinds := []string{}
	for _, step := range match.Steps {
		kinds = append(kinds, step.Kind)
	}
	steps, problems := types.ListValueFrom(ctx, types.StringType, kinds)
	resp.Diagnostics.Append(problems...)
	config.ID, config.Steps = types.StringValue(match.ID), steps
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
