package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var (
	_ resource.ResourceWithImportState = &projectResource{}
	_ resource.ResourceWithModifyPlan  = &projectResource{}
)

type projectResource struct{ connectedResource }

type projectModel struct {
	ID     types.String `tfsdk:"id"`
	Name   types.String `tfsdk:"name"`
	Labels types.List   `tfsdk:"labels"`
}

type project struct {
	named
	Created              long
	Labels               []string
	Labelled, Unlabelled long
}

const projectFields = `{ id name created labels labelled unlabelled }`

func newProjectResource() resource.Resource { return &projectResource{} }

func (r *projectResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_labeling_project"
}

func (r *projectResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A labeling project: tasks with one set of labels. Slipway neither changes the labels of a project nor deletes one, " +
			"so destroying only lets Terraform forget it. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The project's global id."),
			"name": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 200)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				MarkdownDescription: "Unique in the workspace. A change makes another project.",
			},
			"labels": schema.ListAttribute{
				Required: true, ElementType: types.StringType,
				Validators:          []validator.List{listvalidator.SizeBetween(2, 10000), listvalidator.UniqueValues()},
				MarkdownDescription: "The labels to choose from, 2 to 10,000. They can't be changed.",
			},
		},
	}
}

// ModifyPlan refuses what would only fail when it is applied.
func (r *projectResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var plan, state projectModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if !plan.Labels.Equal(state.Labels) && plan.Name.Equal(state.Name) {
		resp.Diagnostics.AddAttributeError(path.Root("labels"), "The labels of a project can't be changed",
			"The answers to its tasks are among the labels it has. Give the project with the new labels another name.")
	}
}

func (r *projectResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan projectModel
	var labels []string
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(plan.Labels.ElementsAs(ctx, &labels, false)...)
	name := plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "labeling project", name) {
		return
	}
	var data struct{ CreateProject project }
	err := r.client.AskOnce(ctx, `mutation ($name: String!, $labels: [String!]!) {
		createProject(input: { name: $name, labels: $labels }) `+projectFields+` }`,
		client.Variables{"name": name, "labels": labels}, &data)
	made := data.CreateProject
	if client.KindOf(err) == client.Conflict {
		found, lookup := r.find(ctx, name)
		if lookup != nil || found == nil {
			failOrGone(&resp.Diagnostics, "read the labeling project '"+name+"'", lookup)
			return
		}
		asAsked := slices.Equal(found.Labels, labels) && found.Labelled+found.Unlabelled == 0
		if !adopts(&resp.Diagnostics, "labeling project", name, name, asAsked, found.Created) {
			return
		}
		made = *found
	} else if err != nil {
		fail(&resp.Diagnostics, "make the labeling project '"+name+"'", err)
		return
	}
	plan.ID = types.StringValue(made.ID)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *projectResource) find(ctx context.Context, name string) (*project, error) {
	var data struct{ ProjectNamed *project }
	err := r.client.Ask(ctx, `query ($name: String!) { projectNamed(name: $name) `+projectFields+` }`, client.Variables{"name": name}, &data)
	return data.ProjectNamed, err
}

func (r *projectResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state projectModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	var data struct{ Project *project }
	err := r.client.Ask(ctx, `query ($id: ID!) { project(id: $id) `+projectFields+` }`, client.Variables{"id": state.ID.ValueString()}, &data)
	if err != nil {
		fail(&resp.Diagnostics, "read the labeling project '"+state.Name.ValueString()+"'", err)
		return
	}
	if data.Project == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	labels, problems := types.ListValueFrom(ctx, types.StringType, data.Project.Labels)
	resp.Diagnostics.Append(problems...)
	state.Name, state.Labels = types.StringValue(data.Project.Name), labels
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update is never asked: what may change at all makes another project.
func (r *projectResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (r *projectResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state projectModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	left(&resp.Diagnostics, "labeling project", state.Name.ValueString())
}

func (r *projectResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.find(ctx, req.ID)
	if err != nil {
		fail(&resp.Diagnostics, "import the labeling project '"+req.ID+"'", err)
		return
	}
	if found == nil {
		notFound(&resp.Diagnostics, "labeling project", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.ID)...)
}
