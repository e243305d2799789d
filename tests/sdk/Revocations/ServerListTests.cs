using Tumbler.Client.Revocations;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;

namespace Tumbler.Client.Tests.Revocations;

public sealed class ServerListTests
{
    [Fact]
    public void What_the_server_writes_is_understood()
    {
        var now = Verifiers.Noon;
        var ring = RingId.Default;
        FeedEntry[] entries =
        [
            Entry(1, RevocationKind.Key, "a-key", ring), Entry(2, RevocationKind.Token, "a-token", ring),
            Entry(3, RevocationKind.Client, "a-client", null), Entry(4, RevocationKind.Organization, "acme", null),
        ];

        var whole = KillListDocument.Read(RevocationList.Write("https://i.example", 7, null, entries, now, now.AddMinutes(5)).ToArray())!;
        var list = KillList.Empty.With(whole, now);
        Assert.Equal(("https://i.example", 7L, (long?)null), (whole.Issuer, whole.Number, whole.Since));
        Assert.Equal(now.AddMinutes(5), whole.ExpiresAt);
        Assert.True(list.HasKey("a-key", now));
        Assert.True(list.Covers(Token(id: "a-token"), now));
        Assert.True(list.Covers(Token(client: "a-client"), now));
        Assert.True(list.Covers(Token(org: "acme"), now));
        Assert.False(list.Covers(Token(), now));

        FeedEntry[] lifted = [new(8, new Revocation(new RevocationSubject(RevocationKind.Organization, "acme", null), now.AddDays(1), Lifted: true))];
        var delta = KillListDocument.Read(RevocationList.Write("https://i.example", 8, 7, lifted, now, now.AddMinutes(5)).ToArray())!;
        Assert.Equal(7, delta.Since);
        Assert.False(list.With(delta, now).Covers(Token(org: "acme"), now));
        Assert.True(list.With(delta, now).HasKey("a-key", now));
    }

    private static FeedEntry Entry(long number, RevocationKind kind, string id, RingId? ring) =>
        new(number, new Revocation(new RevocationSubject(kind, id, ring), Verifiers.Noon.AddDays(1)));

    private static VerifiedToken Token(string id = "other", string client = "other", string org = "other") => new("")
    {
        Issuer = "i", Subject = "s", Audience = "a", ExpiresAt = default, TokenId = id, ClientId = client, Organization = org,
    };
}
