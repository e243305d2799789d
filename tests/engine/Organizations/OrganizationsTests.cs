using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Engine.Tests.Organizations;

public sealed class OrganizationsTests : IDisposable
{
    private readonly Installation installation = new();
    private readonly Node node;

    public OrganizationsTests() => node = installation.NewNode();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task What_is_created_can_be_read_changed_and_listed()
    {
        var created = await Create("acme");
        installation.Clock.Advance(TimeSpan.FromHours(1));
        var updated = Node.Admitted(await node.Organizations.Update(created.Slug, new UpdateOrganization("Acme & Co"), Installation.Call()));

        Assert.Equal(created with { Name = "Acme & Co", UpdatedAt = installation.Clock.Now }, updated);
        Assert.Equal(updated, Node.Admitted(await node.Organizations.Get(created.Slug)));
        Assert.Equal([updated], Node.Admitted(await node.Organizations.List(new PageRequest())).Items);
    }

    [Fact]
    public async Task A_wrong_slug_is_refused_together_with_every_other_wrong_field()
    {
        var refusal = (await node.Organizations.Create(new CreateOrganization("a b", "", "x"), Installation.Call())).Refusal;

        Assert.Equal(["slug", "name", "email"], refusal!.Fields.Select(field => field.Field));
    }

    [Fact]
    public async Task A_slug_is_given_out_once_and_never_again()
    {
        var acme = await Create("acme");
        Assert.Equal(ErrorCode.AlreadyExists, (await TryCreate("acme")).Refusal?.Code);

        Node.Admitted(await node.Organizations.Delete(acme.Slug, Installation.Call()));

        Assert.Equal(ErrorCode.AlreadyExists, (await TryCreate("acme")).Refusal?.Code);
        Assert.True((await TryCreate("ACME")).Succeeded);
    }

    [Fact]
    public async Task A_deleted_organization_is_not_there_any_more()
    {
        var (acme, other) = (await Create("acme"), await Create("other"));

        Node.Admitted(await node.Organizations.Delete(acme.Slug, Installation.Call()));

        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Get(acme.Slug)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Update(acme.Slug, new UpdateOrganization("x"), Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Delete(acme.Slug, Installation.Call())).Refusal?.Code);
        Assert.Equal([other], Node.Admitted(await node.Organizations.List(new PageRequest())).Items);
    }

    [Fact]
    public async Task What_was_never_there_is_not_found()
    {
        var nobody = OrgSlug.Parse("nobody");

        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Get(nobody)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Update(nobody, new UpdateOrganization("x"), Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.Organizations.Delete(nobody, Installation.Call())).Refusal?.Code);
    }

    [Fact]
    public async Task Of_many_that_create_the_same_at_once_one_succeeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TryCreate("acme"))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(ErrorCode.AlreadyExists, result.Refusal!.Code));
        Assert.Equal(1, (await installation.Organization("acme")).AuditHead.Seq);
    }

    private async Task<OrganizationView> Create(string slug) => Node.Admitted(await TryCreate(slug));

    private Task<Result<OrganizationView>> TryCreate(string slug) =>
        node.Organizations.Create(new CreateOrganization(slug, "Acme", "it@acme.example"), Installation.Call());
}
