using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Protection;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

public sealed class S4_A_dump_gives_no_key_away(StoryRun run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Not_the_retired_ones_with_every_certificate_and_none_at_all_without()
    {
        using var cluster = new PostgresCluster();
        cluster.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        using var home = new SiloHome(run, "dumped");
        var (first, second, stranger) = (new Kek(run, home.Directory, "first"), new Kek(run, home.Directory, "second"), new Kek(run, home.Directory, "stranger"));

        // Rotated under both certificates, so that keys of either have retired.
        NewApiKey client;
        var points = new Dictionary<string, string>();
        await using (var silo = await home.Start(Settings(home, cluster, "tumbler", first)))
        {
            await silo.Admin.CreateOrganization("acme");
            client = await silo.Admin.CreateApiKey("acme");
            await RotateAway(silo, points);
            await silo.Stop();
        }

        IReadOnlyList<RingKey> keys;
        await using (var silo = await home.Start(Settings(home, cluster, "tumbler", second, first)))
        {
            await RotateAway(silo, points);
            keys = await silo.Admin.Keys("default");
            await silo.Stop();
        }

        var dump = cluster.Dump("tumbler");

        var retired = keys.Where(key => key.PrivateKeyDestroyedAt is not null).Select(key => key.Kid).ToArray();
        var live = keys.Where(key => key.PrivateKeyDestroyedAt is null).Select(key => key.Kid).ToArray();
        Assert.Equal(2, retired.Length);
        ECParameters[] opened = [.. await new Dump(dump).KeysFor(first), .. await new Dump(dump).KeysFor(second)];
        Assert.Equal(live.Order(), opened.Select(key => points.Single(each => each.Value == Base64Url.EncodeToString(key.Q.X)).Key).Order());

        Assert.Empty(await new Dump(dump).KeysFor(stranger));
        Assert.Empty(new Dump(dump).PlainKeys);
        AssertTheSearchFinds(opened[0], dump);

        // Elsewhere, with everything there is.
        cluster.Sql($"CREATE DATABASE elsewhere OWNER {PostgresCluster.Owner}");
        cluster.Restore("elsewhere");
        await using var restored = await home.Start(Settings(home, cluster, "elsewhere", second, first));
        Assert.Contains((await restored.Tokens.ByBasic(client)).Kid, live);
        Assert.Superset(retired.ToHashSet(), points.Keys.ToHashSet());
        Assert.True((await restored.Admin.VerifyAudit()).Valid);
        run.Measured($"A dump of {dump.Length:N0} characters: {opened.Length} private keys with both certificates, none of the {retired.Length} retired ones, none without");
    }

    /// <summary>Until the key that was signing has lost its private half.</summary>
    /// <param name="points">Gets the public key of every key that was published, by id.</param>
    private static async Task RotateAway(SiloProcess silo, Dictionary<string, string> points)
    {
        var signing = (await silo.Admin.Status()).SigningKid;
        await Note();
        await silo.Admin.Trigger("immediate");
        await Until.True("its private half is destroyed", Patience, async () =>
            (await silo.Admin.Keys("default")).Single(key => key.Kid == signing).PrivateKeyDestroyedAt is not null);
        await Until.True("the next key is published", Patience, async () =>
        {
            await Note();
            return (await silo.Admin.Keys("default")).All(key => points.ContainsKey(key.Kid));
        });

        async Task Note()
        {
            foreach (var jwk in (await silo.Http.Get<JsonElement>("/.well-known/jwks.json")).GetProperty("keys").EnumerateArray())
                points[jwk.GetProperty("kid").GetString()!] = jwk.GetProperty("x").GetString()!;
        }
    }

    /// <summary>A search that finds nothing is worth nothing unless it finds what is there.</summary>
    private static void AssertTheSearchFinds(ECParameters parameters, string dump)
    {
        using var key = ECDsa.Create(parameters);
        string[] forms =
        [
            Convert.ToBase64String(key.ExportPkcs8PrivateKey()), Base64Url.EncodeToString(key.ExportECPrivateKey()),
            Convert.ToHexString(key.ExportPkcs8PrivateKey()), key.ExportPkcs8PrivateKeyPem(), $"\"d\": \"{Base64Url.EncodeToString(parameters.D)}\"",
        ];
        Assert.All(forms, form => Assert.NotEmpty(new Dump($"{dump}\n{{\"x\": \"{form}\"}} \n{form}").PlainKeys));
    }

    private static string[] Settings(SiloHome home, PostgresCluster cluster, string database, params Kek[] keks)
    {
        var file = Path.Combine(home.Directory, $"{database}.connection");
        File.WriteAllText(file, cluster.ConnectionString(PostgresCluster.Owner, database));
        return
        [
            "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", file, "--Rings:default:Algorithm", "ES256",
            // A minute after its successor began to sign, a key is destroyed.
            "--Development:ClockRate", "100", .. Kek.Settings(keks),
        ];
    }
}
