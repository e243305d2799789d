using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Protection;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;
using Tumbler.Storage.Protection;

namespace Tumbler.Engine.Tests.Protection;

public sealed class KeyProtectionTests : IDisposable
{
    private static readonly RingId Orders = RingId.Parse("orders");
    private static readonly X509Certificate2 Old = Certificates.Kek;
    private static readonly X509Certificate2 New = Certificates.Make();
    private static readonly X509Certificate2 Escrow = Certificates.Make();

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task The_status_counts_what_depends_on_each_certificate()
    {
        await TwoRings();

        var before = Node.Admitted(await NodeWith([New, Old], [Escrow]).Protection.Status());
        Assert.Equal((4, 4, 0), (before.Keys, before.OutdatedKeys, before.UnreadableKeys));
        Assert.Equal(
            [(CertificateRole.Current, Thumbprint(New), 0, 0), (CertificateRole.Decrypts, Thumbprint(Old), 4, 4), (CertificateRole.RecipientOnly, Thumbprint(Escrow), 0, 0)],
            before.Certificates.Select(each => (each.Role, each.Thumbprint, each.Keys, each.NeededBy)));
        Assert.Equal(("CN=tumbler development", 9999), (before.Certificates[0].Subject, before.Certificates[0].NotAfter.Year));

        var lost = Node.Admitted(await NodeWith([New]).Protection.Status());
        Assert.Equal((4, 4, 4), (lost.Keys, lost.OutdatedKeys, lost.UnreadableKeys));
    }

    [Fact]
    public async Task A_rewrap_encrypts_every_key_for_the_recipients_of_now_and_the_old_certificate_may_go()
    {
        var client = await TwoRings();
        var kids = (await installation.Ring(RingId.Default)).Keys.Select(key => key.Kid).ToArray();
        var node = NodeWith([New, Old], [Escrow]);
        await node.Rings.Tick(RingId.Default);
        var token = await node.Token(client);

        var answer = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        Assert.Equal((2, 4, 0, 0), (answer.Rings, answer.Rewrapped, answer.AlreadyCurrent, answer.FailedTotal));
        var after = Node.Admitted(await node.Protection.Status());
        Assert.Equal((4, 0, 0), (after.Keys, after.OutdatedKeys, after.UnreadableKeys));
        Assert.Equal([(4, 4), (0, 0), (4, 0)], after.Certificates.Select(each => (each.Keys, each.NeededBy)));
        Assert.Equal(kids, (await installation.Ring(RingId.Default)).Keys.Select(key => key.Kid));
        Assert.Equal(node.Verify(token).Kid, node.Verify(await node.Token(client)).Kid);

        // With the new one alone, and out of the safe.
        foreach (var certificate in (X509Certificate2[])[New, Escrow])
        {
            installation.Restart();
            var alone = NodeWith([certificate]);
            Assert.Equal(kids[0], alone.Verify(await alone.Token(client)).Kid);
        }

        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task The_log_says_in_each_ring_how_many_and_for_whom_and_once_how_it_went()
    {
        await TwoRings();
        var node = NodeWith([New, Old], [Escrow]);

        Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        var entries = Node.Admitted(await node.AuditLog.Query(new AuditQuery())).Items
            .Where(entry => entry.Details.GetValueOrDefault("private_keys") == "rewrapped").ToArray();
        var recipients = $"{Thumbprint(New)} {Thumbprint(Escrow)}";
        Assert.All(entries, entry => Assert.Equal((recipients, "bootstrap"), (entry.Details["recipients"], entry.Actor.Id)));
        Assert.Equal(
            [
                (AuditAction.Update, AuditResource.Ring, "default", "2"), (AuditAction.Update, AuditResource.Ring, "orders", "2"),
                (AuditAction.Execute, AuditResource.Config, "protection", "4"),
            ],
            entries.Select(entry => (entry.Action, entry.ResourceType, entry.ResourceId, entry.Details["keys"])).OrderBy(entry => entry.Action).ThenBy(entry => entry.ResourceId));
    }

    [Fact]
    public async Task A_second_rewrap_finds_nothing_to_do_and_a_repeated_one_answers_as_the_first()
    {
        await TwoRings();
        var node = NodeWith([New, Old]);

        var first = Node.Admitted(await node.Protection.Rewrap(Installation.Call("rewrap-1")));
        var rings = (await installation.Ring(Orders)).AuditHead;
        var second = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));
        var repeated = Node.Admitted(await node.Protection.Rewrap(Installation.Call("rewrap-1")));

        Assert.Equal((2, 0, 4), (second.Rings, second.Rewrapped, second.AlreadyCurrent));
        Assert.Equal((first.Rewrapped, first.AlreadyCurrent), (repeated.Rewrapped, repeated.AlreadyCurrent));
        Assert.Equal(rings, (await installation.Ring(Orders)).AuditHead);
    }

    [Fact]
    public async Task A_key_that_can_not_be_opened_is_reported_and_stays_as_it_is()
    {
        await TwoRings();
        var keys = (await installation.Ring(Orders)).Keys;
        var blobs = new[] { new CmsKeyProtector([Escrow]).Protect([1, 2, 3]), new ProtectedKey(new byte[] { 1, 2, 3 }) };
        await installation.Tamper(Orders, ring => ring with
        {
            Keys = [.. keys.Zip(blobs, (key, blob) => key with { PrivateKey = blob })],
        });
        var node = NodeWith([New, Old]);

        // The keeper's own tick must not be what replaces the damaged one: a rewrap looks and reports.
        var answer = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        Assert.Equal((2, 2, 0, 2), (answer.Rings, answer.Rewrapped, answer.AlreadyCurrent, answer.FailedTotal));
        Assert.Equal(
            [(Orders, keys[0].Kid, "It is encrypted for no certificate that is configured here with its private key."), (Orders, keys[1].Kid, "It is damaged.")],
            answer.Failed.Select(failure => (failure.Ring, failure.Kid, failure.Reason)));
        Assert.Equal(blobs.Select(blob => Convert.ToHexString(blob.Cms.Span)), (await installation.Ring(Orders)).Keys.Select(key => Convert.ToHexString(key.PrivateKey!.Cms.Span)));
        Assert.Equal((4, 2), (Node.Admitted(await node.Protection.Status()).Keys, Node.Admitted(await node.Protection.Status()).UnreadableKeys));
        Assert.Equal(2, installation.Log.Lines.Count(line => line.Text.Contains("could not be rewrapped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rotation_at_the_same_moment_is_neither_lost_nor_undone()
    {
        await TwoRings();
        var (node, other) = (NodeWith([New, Old]), NodeWith([New, Old]));
        var rotated = false;
        installation.Store.Rings.BeforeSave = async ring =>
        {
            if (ring.Id != Orders || rotated)
                return;
            rotated = true;
            Node.Admitted(await other.Rings.Rotate(Orders, new RotateRing("immediate"), Installation.Call()));
        };

        var answer = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        Assert.Equal((4, 1), (answer.Rewrapped, answer.AlreadyCurrent));
        var orders = await installation.Ring(Orders);
        Assert.Equal((2, 3), (orders.SignerAt(installation.Clock.Now)!.Ordinal, orders.LastOrdinal));
        Assert.Equal(0, Node.Admitted(await node.Protection.Status()).OutdatedKeys);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Only_one_rewrap_runs_at_a_time()
    {
        await TwoRings();
        var node = NodeWith([New, Old]);
        Result<RewrapAnswer>? second = null;
        installation.Store.Rings.BeforeSave = async _ => second ??= await node.Protection.Rewrap(Installation.Call());

        var first = await node.Protection.Rewrap(Installation.Call());

        Assert.Equal(4, Node.Admitted(first).Rewrapped);
        Assert.Equal(ErrorCode.Conflict, second?.Refusal?.Code);
        Assert.Equal(4, Node.Admitted(await node.Protection.Rewrap(Installation.Call())).AlreadyCurrent);
    }

    [Fact]
    public async Task A_store_that_goes_away_interrupts_it_and_the_next_one_goes_on()
    {
        await TwoRings();
        var node = NodeWith([New, Old]);
        installation.Store.Rings.BeforeSave = ring =>
        {
            installation.Store.Away = ring.Id == Orders;
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.Protection.Rewrap(Installation.Call()));
        (installation.Store.Away, installation.Store.Rings.BeforeSave) = (false, _ => Task.CompletedTask);

        var answer = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        Assert.Equal((2, 2), (answer.Rewrapped, answer.AlreadyCurrent));
    }

    [Fact]
    public async Task More_rings_than_a_list_holds_are_all_looked_through_and_the_log_says_how_far_it_is()
    {
        await TwoRings();
        var orders = await installation.Ring(Orders);
        await Parallel.ForEachAsync(Enumerable.Range(0, 1100), async (n, _) =>
        {
            var ring = orders with { Id = RingId.Parse(string.Create(CultureInfo.InvariantCulture, $"r{n}")), Keys = [.. orders.Keys.Take(1)] };
            await installation.Journal.Rings.Save(ring, VersionToken.None, [], CancellationToken.None);
        });
        var node = NodeWith([Old]);

        var answer = Node.Admitted(await node.Protection.Rewrap(Installation.Call()));

        Assert.Equal((1102, 0, 1104), (answer.Rings, answer.Rewrapped, answer.AlreadyCurrent));
        Assert.Equal(1104, Node.Admitted(await node.Protection.Status()).Certificates[0].NeededBy);
        Assert.Contains(installation.Log.Lines, line => line.Text.Contains("1000 rings looked through", StringComparison.Ordinal));
    }

    /// <summary>Of two keys each, encrypted for the old certificate.</summary>
    private async Task<Client> TwoRings()
    {
        var node = await installation.StartNode();
        Node.Admitted(await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call()));
        return await node.NewClient();
    }

    private Node NodeWith(IReadOnlyList<X509Certificate2> own, IReadOnlyList<X509Certificate2>? recipients = null)
    {
        installation.Protector = new FaultyProtector(new CmsKeyProtector(own, recipients));
        return installation.NewNode();
    }

    private static string Thumbprint(X509Certificate2 certificate) => CmsKeyProtector.Thumbprint(certificate);
}
