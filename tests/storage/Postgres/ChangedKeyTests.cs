using System.Globalization;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Protection;
using Tumbler.Storage.Tests.Protection;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>A stored private key that somebody changed in the database: what comes out is the published key or a fault, and the
/// rest of the ring can still be read.</summary>
public sealed class ChangedKeyTests(PrivatePostgres server) : IDisposable
{
    private static readonly DateTimeOffset Now = Certificates.Now;
    private static readonly X509Certificate2 Kek = Certificates.Rsa("kek");
    private static readonly X509Certificate2 Escrow = Certificates.Rsa("escrow");
    private static readonly KeyForge Forge = new(new CmsKeyProtector([Kek], [Escrow]));

    private readonly string database = server.NewMigratedDatabase();
    private PostgresStore? store;

    private PostgresStore Store => store ??= Stores.Open(server.ConnectionString(PrivatePostgres.Runtime, database));

    public void Dispose() => store?.Dispose();

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.RS256)]
    public async Task Whatever_is_done_to_it_no_other_key_comes_out(JwsAlgorithm algorithm)
    {
        var (ring, other) = (await NewRing("ours", algorithm), await NewRing("others", algorithm));
        var (key, next) = (ring.Keys[0], ring.Keys[1]);
        var blob = key.PrivateKey!.Cms.ToArray();
        Assert.Null(await Fault(key, blob));

        Assert.Equal(KeyFault.AnotherKey, await Fault(key, next.PrivateKey!.Cms.ToArray()));
        Assert.Equal(KeyFault.AnotherKey, await Fault(key, other.Keys[0].PrivateKey!.Cms.ToArray()));
        Assert.Equal(KeyFault.Damaged, await Fault(key, []));
        Assert.Equal(KeyFault.Damaged, await Fault(key, new byte[5_000_000]));
        Assert.Equal(KeyFault.Damaged, await Fault(key, [.. blob, .. new byte[CmsKeyProtector.MaxSize]]));
        foreach (var length in (int[])[1, blob.Length / 3, blob.Length / 2, blob.Length - 17, blob.Length - 16, blob.Length - 1])
            Assert.Equal(KeyFault.Damaged, await Fault(key, blob[..length]));
        Assert.Equal(KeyFault.NoCertificate, await Fault(key, For(blob, Certificates.Rsa("stranger"))));
        Assert.Equal(KeyFault.NoCertificate, await Fault(key, For(blob, Escrow)));
        Assert.Null(await Fault(key, For(blob, Kek)));
    }

    /// <summary>CBC lets whoever flips a bit of the initial vector or of a block choose a bit of the plain text.</summary>
    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.RS256)]
    public async Task A_flipped_byte_in_any_region_gives_the_same_key_or_none(JwsAlgorithm algorithm)
    {
        var key = (await NewRing("ours", algorithm)).Keys[0];
        var blob = key.PrivateKey!.Cms.ToArray();
        var cms = new EnvelopedCms();
        cms.Decode(blob);
        var wrapped = cms.RecipientInfos.Cast<RecipientInfo>().Select(each => blob.AsSpan().IndexOf(each.EncryptedKey)).ToArray();
        var oid = blob.AsSpan().IndexOf(Convert.FromHexString("0609608648016503040" + "12A"));
        var (vector, content) = (oid + 11 + 2, oid + 11 + 2 + 16 + 4);
        int[] places =
        [
            0, 2, 15, 25, // the frame, the versions
            wrapped[0] - 90, wrapped[0] - 60, wrapped[0] - 30, // a name, a serial number, the padding's parameters
            wrapped[0] + 10, wrapped[0] + 255, wrapped[1] + 10, // the wrapped content key, ours and the escrow's
            oid + 3, oid + 10, vector, vector + 7, vector + 15,
            .. Enumerable.Range(0, (blob.Length - content) / 16).Where(n => n < 8 || n % 9 == 0).Select(n => content + 16 * n + n % 16),
            blob.Length - 17, blob.Length - 1,
        ];
        var faults = 0;
        foreach (var place in places.Where(place => place < blob.Length))
        {
            var flipped = (byte[])blob.Clone();
            flipped[place] ^= (byte)(1 << place % 8);
            faults += await Fault(key, flipped) is null ? 0 : 1;
        }

        Assert.True(faults > places.Length / 3, $"{faults} of {places.Length} were noticed");
    }

    /// <summary>Puts the blob into the database by hand and reads the ring with a store that has not seen it before.</summary>
    /// <returns>Null when what is read is the key that was published.</returns>
    private async Task<KeyFault?> Fault(SigningKey key, byte[] blob)
    {
        PrivatePostgres.Execute(server.Admin(database), string.Create(CultureInfo.InvariantCulture,
            $"UPDATE signing_keys SET body = jsonb_set(body, '{{private_key}}', '\"{Convert.ToBase64String(blob)}\"') WHERE kid = '{key.Kid}'"));
        var ring = (await Store.Rings.Load(RingId.Parse("ours"), CancellationToken.None))!.State;

        Assert.Equal(2, ring.PublishedAt(Now).Length);
        var read = ring.Find(key.Kid)!;
        Assert.Equal(blob, read.PrivateKey!.Cms.ToArray());
        if (Forge.FaultsOf([read]).TryGetValue(key.Kid, out var fault))
            return fault;
        using var opened = Forge.Open(read.PrivateKey, read.PublicKey);
        Assert.True(opened.Matches(key.PublicKey));
        return null;
    }



    private async Task<KeyRing> NewRing(string name, JwsAlgorithm algorithm)
    {
        KeyPlan Plan() => new(KeyOrigin.Scheduled, algorithm, null, Now, Now, Now.AddHours(24), Now.AddHours(25));
        var ring = new History(1).NewRing(RingId.Parse(name)) with { CreatedAt = Now };
        foreach (var material in await Forge.Make([Plan(), Plan()]))
            ring = ring.Add(Plan(), material, Now);
        var (next, entries) = new History(1).Audited(ring);
        Assert.Equal(SaveOutcome.Saved, (await Store.Rings.Save(next, VersionToken.None, entries, CancellationToken.None)).Outcome);
        return next;
    }

    /// <summary>The same key for other recipients.</summary>
    private static byte[] For(byte[] blob, params X509Certificate2[] recipients) =>
        new CmsKeyProtector(recipients).Protect(new CmsKeyProtector([Kek]).Unprotect(new ProtectedKey(blob))).Cms.ToArray();
}
