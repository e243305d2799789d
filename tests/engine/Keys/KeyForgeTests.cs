using System.Security.Cryptography;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Tests.Protection;

namespace Tumbler.Engine.Tests.Keys;

public sealed class KeyForgeTests
{
    private readonly FaultyProtector protector = new(Certificates.Protector);

    [Theory]
    [InlineData(JwsAlgorithm.ES256, null)]
    [InlineData(JwsAlgorithm.RS256, 2048)]
    public async Task A_made_key_comes_back_from_its_blob_and_is_the_published_one(JwsAlgorithm algorithm, int? bits)
    {
        var forge = new KeyForge(protector);

        var made = Assert.Single(await forge.Make([Plan(algorithm, bits)]));

        using var opened = forge.Open(made.PrivateKey, made.PublicKey);
        Assert.True(opened.Matches(made.PublicKey));
        Assert.Equal((made.Kid, algorithm), (made.PublicKey.Kid, made.PublicKey.Algorithm));
    }

    [Fact]
    public async Task Every_plan_gets_its_own_key_in_the_order_of_the_plans()
    {
        JwsAlgorithm[] algorithms = [JwsAlgorithm.ES384, JwsAlgorithm.ES256, JwsAlgorithm.ES512, JwsAlgorithm.ES256];

        var made = await new KeyForge(protector).Make([.. algorithms.Select(algorithm => Plan(algorithm, null))]);

        Assert.Equal(algorithms, made.Select(key => key.PublicKey.Algorithm));
        Assert.Equal(4, made.Select(key => key.Kid).Distinct().Count());
        Assert.Equal(4, made.Select(key => key.PublicKey.Parameters[^1].Value).Distinct().Count());
    }

    [Fact]
    public async Task A_key_is_proved_as_the_store_will_give_it_back()
    {
        await new KeyForge(protector).Make([Plan(JwsAlgorithm.ES256), Plan(JwsAlgorithm.ES256)]);

        Assert.Equal(2, protector.Opened);
    }

    [Fact]
    public async Task A_key_whose_blob_holds_another_key_is_not_given_out()
    {
        var first = (await new KeyForge(protector).Make([Plan(JwsAlgorithm.ES256)])).Single();
        protector.OnTheWay = _ => first.PrivateKey;

        await Assert.ThrowsAnyAsync<CryptographicException>(() => new KeyForge(protector).Make([Plan(JwsAlgorithm.ES256)]));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => new KeyForge(protector).Make([Plan(JwsAlgorithm.ES384)]));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => new KeyForge(protector).Make([Plan(JwsAlgorithm.RS256, 2048)]));
    }

    [Fact]
    public async Task A_blob_with_any_byte_changed_opens_as_the_same_key_or_not_at_all()
    {
        var forge = new KeyForge(protector);
        var made = (await forge.Make([Plan(JwsAlgorithm.ES256)])).Single();
        var refused = 0;

        // Every fifth: opening takes an RSA operation each.
        for (var i = 0; i < made.PrivateKey.Cms.Length; i += 5)
        {
            var bytes = made.PrivateKey.Cms.ToArray();
            bytes[i] ^= 0x15;
            try
            {
                using var opened = forge.Open(new ProtectedKey(bytes), made.PublicKey);
                Assert.True(opened.Matches(made.PublicKey));
            }
            catch (CryptographicException)
            {
                refused++;
            }
        }

        Assert.True(refused > made.PrivateKey.Cms.Length / 10, $"{refused} refused");
    }

    [Fact]
    public async Task A_blob_cut_short_anywhere_does_not_open()
    {
        var forge = new KeyForge(protector);
        var made = (await forge.Make([Plan(JwsAlgorithm.ES256)])).Single();

        for (var length = 0; length < made.PrivateKey.Cms.Length; length += 7)
        {
            var cut = new ProtectedKey(made.PrivateKey.Cms[..length]);
            Assert.ThrowsAny<CryptographicException>(() => forge.Open(cut, made.PublicKey));
        }
    }

    [Fact]
    public async Task A_blob_for_another_certificate_does_not_open()
    {
        using var other = Certificates.Make();
        var made = (await new KeyForge(protector).Make([Plan(JwsAlgorithm.ES256)])).Single();

        var stranger = new KeyForge(new Storage.Protection.CmsKeyProtector([other]));

        Assert.ThrowsAny<CryptographicException>(() => stranger.Open(made.PrivateKey, made.PublicKey));
    }

    [Fact]
    public async Task What_goes_wrong_does_not_tell_the_key()
    {
        var (first, second) = ((await Make()).Single(), (await Make()).Single());

        var failure = Assert.ThrowsAny<CryptographicException>(() => new KeyForge(protector).Open(first.PrivateKey, second.PublicKey));

        Assert.DoesNotContain(first.PublicKey.Parameters[^1].Value, failure.ToString(), StringComparison.Ordinal);

        Task<KeyMaterial[]> Make() => new KeyForge(protector).Make([Plan(JwsAlgorithm.ES256)]);
    }

    private static KeyPlan Plan(JwsAlgorithm algorithm, int? bits = null) => new(
        KeyOrigin.Scheduled, algorithm, bits, Installation.Start, Installation.Start, Installation.Start.AddHours(24), Installation.Start.AddHours(25));
}
