using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>Who knows a state reads only what came since; what it then has is what somebody reads who knows nothing.</summary>
public sealed class KnownStatesTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly RingId Ring = History.Ring(1);
    private static readonly OrgSlug Org = History.Org(1);

    private readonly PrivatePostgres server;
    private readonly string database;
    private readonly PostgresStore writer, reader;
    private readonly History history = new(seed: 41);

    public KnownStatesTests(PrivatePostgres server)
    {
        this.server = server;
        database = server.NewMigratedDatabase();
        (writer, reader) = (Open(), Open());
    }

    public void Dispose()
    {
        writer.Dispose();
        reader.Dispose();
    }

    [Fact]
    public async Task However_many_saves_it_has_missed()
    {
        var random = new Random(41);
        Stored<KeyRing>? ring = null;
        Stored<Organization>? org = null;
        for (var round = 0; round < 60; round++)
        {
            for (var missed = random.Next(4); missed >= 0; missed--)
            {
                await history.Save(writer, Ring);
                await history.Save(writer, Org);
            }

            // Held from round to round, or the reader would forget them.
            (ring, org) = (await Same(ring, store => store.Rings.Load(Ring, Go)), await Same(org, store => store.Organizations.Load(Org, Go)));
        }

        async Task<Stored<T>> Same<T>(Stored<T>? held, Func<PostgresStore, ValueTask<Stored<T>?>> load)
        {
            using var stranger = Open();
            var (read, whole) = (await load(reader), await load(stranger));
            Assert.Equal(Shape.Of(whole!.State), Shape.Of(read!.State));
            Assert.Equal(whole.Version, read.Version);
            GC.KeepAlive(held);
            return read;
        }
    }

    [Theory]
    [InlineData("UPDATE api_keys SET body = jsonb_set(body, '{name}', '\"by hand\"')")]
    [InlineData("DELETE FROM api_keys WHERE id = (SELECT id FROM api_keys LIMIT 1)")]
    [InlineData("UPDATE organizations SET body = jsonb_set(body, '{version}', '1')")]
    public async Task Whatever_somebody_did_by_hand(string change)
    {
        for (var n = 0; n < 5; n++)
            await history.Save(writer, Org);
        var before = await reader.Organizations.Load(Org, Go);
        Assert.True(before!.State.ApiKeys.Count > 1);

        PrivatePostgres.Execute(server.Admin(database), change);

        using var stranger = Open();
        var (read, whole) = (await reader.Organizations.Load(Org, Go), await stranger.Organizations.Load(Org, Go));
        Assert.NotEqual(Shape.Of(before), Shape.Of(whole));
        Assert.Equal(Shape.Of(whole), Shape.Of(read));
        GC.KeepAlive(before);
    }

    private PostgresStore Open() => Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));
}
