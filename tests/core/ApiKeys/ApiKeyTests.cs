using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Tests.ApiKeys;

public class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly ApiKey Key = new(
        ApiKeyId.Parse("6f1f64a5-7f0f-4a0c-9d8e-6d1f6d9a0c11"), "deploy",
        ApiKeyHash.Parse(new string('a', 64)), ["read", "write"], ["urn:a"], [], Now.AddDays(-1));

    /// <summary>Hours from now; null for never.</summary>
    [Theory]
    [InlineData(null, null, ApiKeyState.Active)]
    [InlineData(1, null, ApiKeyState.Active)]
    [InlineData(0, null, ApiKeyState.Expired)]
    [InlineData(-1, null, ApiKeyState.Expired)]
    [InlineData(null, 1, ApiKeyState.Retiring)]
    [InlineData(null, 0, ApiKeyState.Revoked)]
    [InlineData(null, -1, ApiKeyState.Revoked)]
    [InlineData(2, 1, ApiKeyState.Retiring)]
    [InlineData(1, 2, ApiKeyState.Retiring)]
    [InlineData(-1, 1, ApiKeyState.Expired)]
    [InlineData(-2, -1, ApiKeyState.Expired)]
    [InlineData(-1, -2, ApiKeyState.Revoked)]
    [InlineData(-1, -1, ApiKeyState.Revoked)]
    public void What_ends_a_key_first_is_its_state(int? expires, int? revoked, ApiKeyState state)
    {
        var key = Key with
        {
            ExpiresAt = expires is { } e ? Now.AddHours(e) : null,
            RevokedAt = revoked is { } r ? Now.AddHours(r) : null,
        };
        Assert.Equal(state, key.StateAt(Now));
        Assert.Equal(state is ApiKeyState.Active or ApiKeyState.Retiring, key.AcceptedAt(Now));
    }

    [Theory]
    [InlineData("", "192.0.2.1", true)]
    [InlineData("", null, true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", null, false)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.9", false)]
    [InlineData("0.0.0.0/0", "192.0.2.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::1", "2001:db8:0:0::1", true)]
    [InlineData("10.0.0.0/8 2001:db8::1", "2001:db8::1", true)]
    [InlineData("10.0.0.0/8 2001:db8::1", "11.0.0.1", false)]
    public void A_key_is_used_from_allowed_addresses_only(string allowed, string? address, bool allows)
    {
        var key = Key with { AllowedAddresses = [.. allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        Assert.Equal(allows, key.AllowsAddress(address is null ? null : IPAddress.Parse(address)));
    }

    [Fact]
    public void A_revocation_is_brought_forward_and_never_put_off()
    {
        var retiring = Key.RevokedFrom(Now.AddHours(1));
        Assert.Equal(Now.AddHours(1), retiring.RevokedAt);
        Assert.Equal(Now, retiring.RevokedFrom(Now).RevokedAt);
        Assert.Equal(Now.AddHours(1), retiring.RevokedFrom(Now.AddHours(2)).RevokedAt);
    }

    [Fact]
    public void Keys_with_equal_lists_are_equal() =>
        Assert.Equal(Key, Key with { Scopes = ["read", "write"], Audiences = ["urn:a"], AllowedAddresses = [] });

    /// <summary>Equality is written by hand, so every member is tried: one that was forgotten would make a change of it
    /// look like none, and it would not be saved.</summary>
    [Fact]
    public void A_difference_in_any_member_makes_keys_unequal()
    {
        ApiKey[] changed =
        [
            Key with { Id = default },
            Key with { Name = "x" },
            Key with { Hash = default },
            Key with { Scopes = ["write", "read"] },
            Key with { Audiences = [] },
            Key with { AllowedAddresses = ["192.0.2.1"] },
            Key with { RateLimit = new Contracts.Limits.QuotaRule(10, TimeSpan.FromMinutes(1)) },
            Key with { CreatedAt = Now },
            Key with { ExpiresAt = Now },
            Key with { RevokedAt = Now },
            Key with { Revoked = true },
        ];
        Assert.All(changed, key => Assert.NotEqual(Key, key));
        Assert.Equal(typeof(ApiKey).GetProperties().Length, changed.Length);
    }

    [Fact]
    public void A_view_shows_everything_but_the_hash()
    {
        var view = (Key with { ExpiresAt = Now.AddDays(1), AllowedAddresses = ["192.0.2.1"] }).View(Now, Now.AddMinutes(-1));
        Assert.Equal(
            (Key.Id, "deploy", new string('a', 16), ApiKeyState.Active, Now.AddDays(-1), Now.AddDays(1), (DateTimeOffset?)null, Now.AddMinutes(-1)),
            (view.Id, view.Name, view.Fingerprint, view.State, view.CreatedAt, view.ExpiresAt, view.RevokedAt, view.LastUsedAt));
        Assert.Equal(["read", "write"], view.Scopes);
        Assert.Equal(["urn:a"], view.Audiences);
        Assert.Equal(["192.0.2.1"], view.AllowedAddresses);
    }

    [Fact]
    public void The_answer_to_its_creation_shows_the_key()
    {
        var text = ApiKeyText.Create(OrgSlug.Parse("acme"), buffer => buffer.Clear());
        Assert.Equal(text.Reveal(), Key.Issued(text).Key);
    }
}
