using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Snapshots;

public sealed class RingSnapshotsTests : IDisposable
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task The_switch_needs_nothing_but_the_clock_and_then_signing_goes_on_to_its_last_instant()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        await node.Token(client);
        var ring = await installation.Ring(RingId.Default);
        var (first, second) = (ring.Keys[0], ring.Keys[1]);
        installation.Store.Away = true;

        installation.Clock.Now = second.SignsFrom - Instant;
        Assert.Equal(first.Kid, node.Verify(await node.Token(client)).Kid);
        installation.Clock.Now = second.SignsFrom;
        Assert.Equal(second.Kid, node.Verify(await node.Token(client)).Kid);
        Assert.Equal([second.Kid, first.Kid], node.PublishedKids());
        installation.Clock.Now = first.ExpiresAt;
        Assert.Equal([second.Kid], node.PublishedKids());
        installation.Clock.Now = second.LastSignatureAt;
        Assert.Equal(second.Kid, node.Verify(await node.Token(client)).Kid);

        installation.Clock.Now = second.LastSignatureAt + Instant;
        Assert.Equal(OAuthErrorCode.TemporarilyUnavailable, await node.TokenError(client.Request()));
        Assert.Equal([second.Kid], node.PublishedKids());
        installation.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal([second.Kid], node.PublishedKids());

        installation.Store.Away = false;
        node.Verify(await node.Token(client));
    }

    [Fact]
    public async Task Only_a_higher_version_is_shown_however_late_or_often_news_comes()
    {
        var node = await installation.StartNode();
        var old = (await installation.Journal.Rings.Load(RingId.Default, CancellationToken.None))!;
        var stolen = old.State.SignerAt(installation.Clock.Now)!.Kid;
        await node.Revoke(RingId.Default, stolen);
        var current = (await installation.Journal.Rings.Load(RingId.Default, CancellationToken.None))!;
        Assert.True(node.Snapshots.TryGet(RingId.Default, out var shown));

        foreach (var news in (Stored<KeyRing>[])[old, current, old])
        {
            node.Snapshots.Renew(news);
            Assert.True(node.Snapshots.TryGet(RingId.Default, out var still));
            Assert.Same(shown, still);
        }

        Assert.Equal(current.Version, shown.Version);
        Assert.DoesNotContain(stolen, node.PublishedKids());
    }

    [Fact]
    public async Task The_ETag_changes_exactly_when_the_document_does()
    {
        var node = await installation.StartNode();
        var seen = new Dictionary<string, string>();
        var changes = 0;
        var last = node.Jwks();
        for (var hour = 0; hour < 100; hour++, installation.Clock.Advance(TimeSpan.FromMinutes(59)))
        {
            if (hour % 3 == 0)
                Node.Admitted(await node.Rings.Tick(RingId.Default));
            if (hour == 50)
                Node.Admitted(await node.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call()));
            var document = node.Jwks();
            var text = Convert.ToBase64String(document.Plain.Span);
            Assert.Equal(text, seen.GetValueOrDefault(document.ETag, text));
            seen[document.ETag] = text;
            Assert.Equal(document.ETag == last.ETag, document.Plain.Span.SequenceEqual(last.Plain.Span));
            Assert.Matches("^\"[A-Za-z0-9_-]{22}\"$", document.ETag);
            changes += document.ETag == last.ETag ? 0 : 1;
            last = document;
        }

        Assert.Equal(changes + 1, seen.Count);
        Assert.InRange(changes, 5, 20);
    }

    [Fact]
    public async Task The_discovery_document_stays_the_same_through_rotations()
    {
        var node = await installation.StartNode();
        var before = (await node.Get<IPublishedKeys>().Get(RingId.Default))!.Discovery;
        Node.Admitted(await node.Rings.RevokeAll(RingId.Default, new WithdrawKey(), Installation.Call()));

        Assert.Equal(before.ETag, (await node.Get<IPublishedKeys>().Get(RingId.Default))!.Discovery.ETag);
        Assert.Null(await node.Get<IPublishedKeys>().Get(RingId.Parse("nobody")));
    }

    [Fact]
    public async Task A_ring_is_read_once_and_answers_without_waiting_from_then_on()
    {
        await installation.StartNode();
        var node = installation.NewNode();
        await node.Snapshots.Find(RingId.Default);
        installation.Store.Away = true;

        Assert.NotNull(await Node.AtOnce(node.Snapshots.Find(RingId.Default)));
        Assert.NotNull(await Node.AtOnce(node.Get<IPublishedKeys>().Get(RingId.Default)));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await node.Snapshots.Find(RingId.Parse("orders")));
    }

    [Fact]
    public async Task Every_key_is_opened_once_however_many_states_of_the_ring_are_shown()
    {
        var node = await installation.StartNode();
        var opened = installation.Protector.Opened;

        for (var i = 0; i < 10; i++)
            node.Snapshots.Renew((await Later(i))!);
        for (var hour = 0; hour < 30; hour++, installation.Clock.Advance(TimeSpan.FromHours(1)))
            node.Jwks();

        Assert.Equal(opened, installation.Protector.Opened);

        async Task<Stored<KeyRing>?> Later(int by)
        {
            var stored = (await installation.Journal.Rings.Load(RingId.Default, CancellationToken.None))!;
            return stored with { Version = new VersionToken(stored.Version.Value + by + 1) };
        }
    }

    [Fact]
    public async Task A_late_read_that_overlaps_with_news_gives_no_key_more_time_than_the_news_do()
    {
        await installation.StartNode();
        var old = (await installation.Journal.Rings.Load(RingId.Default, CancellationToken.None))!;
        Node.Admitted(await (await installation.StartNode()).Rings.Rotate(RingId.Default, new RotateRing(), Installation.Call()));
        var news = (await installation.Journal.Rings.Load(RingId.Default, CancellationToken.None))!;
        var next = news.State.Keys[1];
        Assert.True(next.ExpiresAt < old.State.Keys[1].ExpiresAt);

        // The news arrive while the late read opens its first key.
        var node = installation.NewNode();
        installation.Protector.BeforeOpening = () =>
        {
            installation.Protector.BeforeOpening = () => { };
            node.Snapshots.Renew(news);
        };
        installation.Store.Rings.InsteadOfNextLoad = old;
        await node.Snapshots.Find(RingId.Default);

        installation.Clock.Now = next.LastSignatureAt;
        installation.Store.Away = true;
        Assert.True(node.Snapshots.TryGet(RingId.Default, out var shown));
        Assert.Equal((news.Version, next.Kid, next.ExpiresAt), (shown.Version, Signer().Kid, Signer().ExpiresAt));

        Signer Signer() => shown.At(installation.Clock.Now()).Signer!;
    }

    [Fact]
    public async Task Readers_on_many_threads_see_only_valid_moments_across_every_switch()
    {
        var node = await installation.StartNode();
        var (done, switches) = (false, 0);

        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            Kid? last = null;
            long read = 0;
            for (; !Volatile.Read(ref done) || read == 0; read++)
            {
                var now = installation.Clock.Now();
                Assert.True(node.Snapshots.TryGet(RingId.Default, out var snapshot));
                var moment = snapshot.At(now);
                if (moment.Signer is null)
                    // Only who slept for hours between two of these lines may find none.
                    Assert.NotEqual(now, installation.Clock.Now());
                if (moment.Signer is null || moment.Signer.Kid == last)
                    continue;
                last = moment.Signer.Kid;
                Assert.Contains(last.Value, JwkSet.Parse(moment.Documents.Jwks.Plain.Span).Select(jwk => jwk.Kid));
                Interlocked.Increment(ref switches);
            }

            return read;
        })).ToArray();
        for (var hour = 0; hour < 24 * 20; hour++)
        {
            installation.Clock.Advance(TimeSpan.FromHours(1));
            if (hour % 6 == 0)
                await node.Rings.Tick(RingId.Default);
            await Task.Yield();
        }

        Volatile.Write(ref done, true);
        Assert.All(await Task.WhenAll(readers), read => Assert.True(read > 0));
        Assert.True(switches > 20, $"{switches} switches were seen.");
    }
}
