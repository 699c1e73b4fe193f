package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

const (
	betweenLooks = time.Second
	// A job of a key that was used before may have failed; the key after it is the next try.
	maximumTries = 100
)

var _ resource.ResourceWithImportState = &channelResource{}

type channelResource struct{ connectedResource }

type channelModel struct {
	ID             types.String `tfsdk:"id"`
	Model          types.String `tfsdk:"model"`
	Name           types.String `tfsdk:"name"`
	ModelVersion   types.String `tfsdk:"model_version"`
	TimeoutSeconds types.Int64  `tfsdk:"timeout_seconds"`
	Release        types.String `tfsdk:"release"`
	ReleaseNumber  types.Int64  `tfsdk:"release_number"`
	ManifestNumber types.Int64  `tfsdk:"manifest_number"`
}

type channel struct {
	named
	ManifestNumber long
	Release        *struct {
		ID      string
		Number  int64
		Version *named
	}
}

func newChannelResource() resource.Resource { return &channelResource{} }

func (r *channelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_channel"
}

func (r *channelResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What devices listen to, and the model version that is released to it. Making or changing it judges the version " +
			"by the model's gates and releases it; where a gate does not hold, nothing changes. Slipway does not delete a channel, since " +
			"devices listen to it, so destroying only lets Terraform forget it. Where pipelines release too, let Terraform ignore changes of " +
			"`model_version`. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The channel's id."),
			"model": schema.StringAttribute{
				Required: true, MarkdownDescription: "The model's global id.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"name": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 50)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				MarkdownDescription: "Of `a-z`, `0-9` and `-`. The alias of that name leads to the same version.",
			},
			"model_version": schema.StringAttribute{
				Required: true, MarkdownDescription: "The global id of the version to release, whose files are converted already.",
			},
			"timeout_seconds": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(1800),
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "How long to wait for the release, which goes on after it. Default: 1800.",
			},
			"release":         schema.StringAttribute{Computed: true, MarkdownDescription: "The global id of the release that it delivers."},
			"release_number":  schema.Int64Attribute{Computed: true, MarkdownDescription: "The release's number within the model."},
			"manifest_number": schema.Int64Attribute{Computed: true, MarkdownDescription: "Rises with each change of what is delivered."},
		},
	}
}

// find gives a channel of a model; nil if there is none.
func (r *channelResource) find(ctx context.Context, model, name string) (*channel, error) {
	var data struct {
		Model *struct {
			Deleted  *long
			Channels []channel
		}
	}
	err := r.client.Ask(ctx, `query ($model: ID!) { model(id: $model) { deleted
		channels { id name manifestNumber release { id number version { id } } } } }`, client.Variables{"model": model}, &data)
	if err != nil || data.Model == nil || data.Model.Deleted != nil {
		return nil, err
	}
	for i := range data.Model.Channels {
		if data.Model.Channels[i].Name == name {
			return &data.Model.Channels[i], nil
		}
	}
	return nil, nil
}

func (c *channel) version() string {
	if c == nil || c.Release == nil || c.Release.Version == nil {
		return ""
	}
	return c.Release.Version.ID
}

func (m *channelModel) tell(found *channel) {
	m.ID, m.ManifestNumber = types.StringValue(found.ID), types.Int64Value(int64(found.ManifestNumber))
	m.Release, m.ReleaseNumber = types.StringNull(), types.Int64Null()
	if found.Release != nil {
		m.Release, m.ReleaseNumber = types.StringValue(found.Release.ID), types.Int64Value(found.Release.Number)
	}
}

func (r *channelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan channelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	model, name := plan.Model.ValueString(), plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "channel", model+"/"+name) {
		return
	}
	found, err := r.find(ctx, model, name)
	if err != nil {
		fail(&resp.Diagnostics, "look for the channel '"+name+"'", err)
		return
	}
	// One that delivers what is asked is what an apply that was cut short has made.
	if found != nil && found.version() != plan.ModelVersion.ValueString() {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "There is a channel '"+name+"' already",
			"It delivers another version. To manage it from now on, import it: terraform import ADDRESS 'MODEL/"+name+"'. Otherwise choose another name.")
		return
	}
	if r.release(ctx, &resp.Diagnostics, &plan, found) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

func (r *channelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan channelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := r.find(ctx, plan.Model.ValueString(), plan.Name.ValueString())
	if err != nil {
		fail(&resp.Diagnostics, "look for the channel '"+plan.Name.ValueString()+"'", err)
		return
	}
	if r.release(ctx, &resp.Diagnostics, &plan, found) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

// release brings the planned version to the channel, unless it is there, and tells what the channel then delivers.
func (r *channelResource) release(ctx context.Context, diags *diag.Diagnostics, plan *channelModel, found *channel) bool {
	name := plan.Name.ValueString()
	if found.version() != plan.ModelVersion.ValueString() {
		if err := r.start(ctx, plan, found); err != nil {
			fail(diags, "release to the channel '"+name+"'", err)
			return false
		}
		var err error
		if found, err = r.find(ctx, plan.Model.ValueString(), name); err != nil || found == nil {
			failOrGone(diags, "read the channel '"+name+"'", err)
			return false
		}
		if found.version() != plan.ModelVersion.ValueString() {
			diags.AddError("The channel '"+name+"' delivers another version", "Something else has released to it, or the version is not the model's. "+
				"Plan again to see what it delivers.")
			return false
		}
	}
	plan.tell(found)
	return true
}

type job struct {
	ID      string
	State   string
	Failure *struct{ Code, Message string }
}

func (j job) failed() bool { return j.State == "FAILED" || j.State == "CANCELLED" }

// start releases the planned version and waits for it. Its key says from where to where, so that an apply that was cut short
// waits for what it has started, whatever became of it.
func (r *channelResource) start(ctx context.Context, plan *channelModel, from *channel) error {
	var manifest int64
	if from != nil {
		manifest = int64(from.ManifestNumber)
	}
	version := plan.ModelVersion.ValueString()
	var started job
	for try := 1; try <= maximumTries; try++ {
		var data struct{ ReleaseVersion job }
		err := r.client.Ask(ctx, `mutation ($version: ID!, $channel: String!, $key: String!) {
			releaseVersion(input: { modelVersion: $version, channel: $channel, idempotencyKey: $key }) { id state failure { code message } } }`,
			client.Variables{
				"version": version, "channel": plan.Name.ValueString(),
				"key": fmt.Sprintf("terraform/%s/%s/%d/%d", plan.Name.ValueString(), version, manifest, try),
			}, &data)
		if err != nil {
			return err
		}
		started = data.ReleaseVersion
		// A job that has just been started can't have failed yet; this one is of an earlier apply.
		if !started.failed() {
			break
		}
	}
	deadline := time.Now().Add(time.Duration(plan.TimeoutSeconds.ValueInt64()) * time.Second)
	for started.State != "SUCCEEDED" && !started.failed() {
		if time.Now().After(deadline) {
			return fmt.Errorf("the release has not ended within %d s. It goes on; apply again to wait for it", plan.TimeoutSeconds.ValueInt64())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(betweenLooks):
		}
		var data struct{ Job *job }
		err := r.client.Ask(ctx, `query ($id: ID!) { job(id: $id) { id state failure { code message } } }`, client.Variables{"id": started.ID}, &data)
		if err != nil {
			return err
		}
		if data.Job == nil {
			return fmt.Errorf("the job %s of the release is gone", started.ID)
		}
		started = *data.Job
	}
	if !started.failed() {
		return nil
	}
	if started.Failure == nil {
		return fmt.Errorf("the release was cancelled")
	}
	told := &client.Error{Code: started.Failure.Code, Message: started.Failure.Message}
	if gates := r.gates(ctx, version); gates != "" {
		told.Message += "\n" + gates
	}
	return told
}

// gates tells which of a version's gates do not hold; empty if that can't be had.
func (r *channelResource) gates(ctx context.Context, version string) string {
	var data struct {
		ModelVersion *struct {
			Gates *struct {
				Gates []struct {
					Name, Detail string
					Passed       bool
				}
			}
		}
	}
	err := r.client.Ask(ctx, `query ($id: ID!) { modelVersion(id: $id) { gates { gates { name passed detail } } } }`,
		client.Variables{"id": version}, &data)
	if err != nil || data.ModelVersion == nil || data.ModelVersion.Gates == nil {
		return ""
	}
	var lines []string
	for _, gate := range data.ModelVersion.Gates.Gates {
		if !gate.Passed {
			lines = append(lines, "  gate "+gate.Name+" does not hold: "+gate.Detail)
		}
	}
	return strings.Join(lines, "\n")
}

func (r *channelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state channelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.find(ctx, state.Model.ValueString(), state.Name.ValueString())
	if err != nil {
		fail(&resp.Diagnostics, "read the channel '"+state.Name.ValueString()+"'", err)
		return
	}
	if found == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	state.ModelVersion = types.StringValue(found.version())
	state.tell(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *channelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state channelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	left(&resp.Diagnostics, "channel", state.Name.ValueString())
}

func (r *channelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	modelName, name, ok := strings.Cut(req.ID, "/")
	if !ok {
		resp.Diagnostics.AddError("That is no channel", "A channel is imported by MODEL/CHANNEL, such as digits/production, not '"+req.ID+"'.")
		return
	}
	owner, err := r.findModel(ctx, modelName)
	if err != nil {
		fail(&resp.Diagnostics, "import the channel '"+req.ID+"'", err)
		return
	}
	var found *channel
	if owner != nil {
		if found, err = r.find(ctx, owner.ID, name); err != nil {
			fail(&resp.Diagnostics, "import the channel '"+req.ID+"'", err)
			return
		}
	}
	if found == nil {
		notFound(&resp.Diagnostics, "channel", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("model"), owner.ID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("name"), name)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("timeout_seconds"), int64(1800))...)
}
