using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Tests.Store;

namespace Tumbler.Engine.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_whole_log_verifies_and_says_how_much_that_was()
    {
        var node = await installation.StartNode();
        await node.NewClient();
        await node.NewClient("other");

        var verdict = Node.Admitted(await node.AuditLog.Verify());

        Assert.Equal(new AuditVerdict(true, 3, await Entries(), null), verdict);

        async Task<long> Entries() => await installation.Journal.Audit.Chains(default)
            .SelectMany(chain => installation.Journal.Audit.Read(chain, default)).CountAsync();
    }

    [Fact]
    public async Task An_empty_log_verifies() =>
        Assert.Equal(new AuditVerdict(true, 0, 0, null), Node.Admitted(await installation.NewNode().AuditLog.Verify()));

    [Theory]
    [InlineData("change")]
    [InlineData("remove first")]
    [InlineData("remove middle")]
    [InlineData("remove last")]
    [InlineData("remove all")]
    [InlineData("swap")]
    [InlineData("repeat")]
    [InlineData("append")]
    public async Task Tampering_is_found_where_it_was_done(string how)
    {
        var node = await installation.StartNode();
        await node.NewClient();
        for (var i = 0; i < 5; i++)
            await node.NewKey("acme");
        var tampered = new TamperedAudit(installation.Journal.Audit)
        {
            Entries = entries => how switch
        {
            "change" => entries.SetItem(3, entries[3] with { RequestId = "another" }),
            "remove first" => entries.RemoveAt(0),
            "remove middle" => entries.RemoveAt(3),
            "remove last" => entries.RemoveAt(entries.Count - 1),
            "remove all" => [],
            "swap" => entries.SetItem(3, entries[4]).SetItem(4, entries[3]),
            "repeat" => entries.Insert(4, entries[3]),
            _ => entries.Add(entries[^1] with { Seq = entries[^1].Seq + 1, PrevHash = entries[^1].Hash }),
        },
        };

        var verdict = Node.Admitted(await installation.NewAuditLog(new FaultyStore(installation.Journal) { Audit = tampered }).Verify());

        var expected = how switch { "remove first" or "remove all" => 1, "remove last" => 7, "append" => 8, "repeat" => 5, _ => 4 };
        Assert.False(verdict.Valid);
        Assert.Equal(("org:acme", expected), (verdict.FirstFault!.Chain, verdict.FirstFault.Seq));
    }

    [Fact]
    public async Task A_log_written_with_another_key_does_not_verify()
    {
        await installation.StartNode();

        var verdict = Node.Admitted(await installation.NewAuditLog(installation.Journal, new AuditKey(new byte[32])).Verify());

        Assert.Equal((false, 1), (verdict.Valid, verdict.FirstFault?.Seq));
    }

    [Fact]
    public async Task A_chain_whose_owner_vanished_is_a_fault()
    {
        await (await installation.StartNode()).NewClient();
        var orphan = new TamperedAudit(installation.Journal.Audit) { Ends = ends => ends.Chain == "org:acme" ? null : ends };

        var verdict = Node.Admitted(await installation.NewAuditLog(new FaultyStore(installation.Journal) { Audit = orphan }).Verify());

        Assert.Equal((false, "org:acme"), (verdict.Valid, verdict.FirstFault?.Chain));
    }

    [Fact]
    public async Task The_chain_of_a_deleted_organization_still_has_its_owner()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        Node.Admitted(await node.Organizations.Delete(client.Org, Installation.Call()));

        Assert.True(Node.Admitted(await node.AuditLog.Verify()).Valid);
    }

    [Fact]
    public async Task Verifying_while_others_write_finds_no_fault()
    {
        var node = await installation.StartNode();
        await node.NewClient();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await node.Organizations.Update(OrgSlug.Parse("acme"), new UpdateOrganization($"{writer} {i}"), Installation.Call());
        })).ToArray();

        for (var i = 0; i < 40; i++)
        {
            await node.Organizations.Create(new CreateOrganization($"org_{i}", "x", "it@acme.example"), Installation.Call());
            var verdict = Node.Admitted(await node.AuditLog.Verify());
            Assert.True(verdict.Valid, verdict.FirstFault?.ToString());
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task More_owners_than_one_list_holds_are_all_verified()
    {
        var node = installation.NewNode();
        await Task.WhenAll(Enumerable.Range(0, 510).Select(i =>
            node.Organizations.Create(new CreateOrganization($"org_{i}", "x", "it@acme.example"), Installation.Call())));

        Assert.Equal(new AuditVerdict(true, 510, 510, null), Node.Admitted(await node.AuditLog.Verify()));
    }

    [Fact]
    public async Task A_query_passes_through_to_the_store()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();

        var page = Node.Admitted(await node.AuditLog.Query(new AuditQuery(Org: client.Org, Page: new PageRequest(Limit: 1))));
        var rest = Node.Admitted(await node.AuditLog.Query(new AuditQuery(Org: client.Org, Page: new PageRequest(page.NextCursor))));

        Assert.Equal([AuditResource.ApiKey, AuditResource.Organization], page.Items.Concat(rest.Items).Select(entry => entry.ResourceType));
        Assert.Equal(("request-1", "192.0.2.1", Actor.Administrator), (page.Items[0].RequestId, page.Items[0].Source, page.Items[0].Actor));
        Assert.Equal(ErrorCode.InvalidInput, (await node.AuditLog.Query(new AuditQuery(Page: new PageRequest("foreign")))).Refusal?.Code);
    }
}
