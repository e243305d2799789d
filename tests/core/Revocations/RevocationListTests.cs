using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;

namespace Tumbler.Core.Tests.Revocations;

public sealed class RevocationListTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static readonly FeedEntry[] Entries =
    [
        new(3, new Revocation(new(RevocationKind.Key, "k-1", RingId.Default), Now.AddSeconds(10))),
        new(4, new Revocation(new(RevocationKind.Token, "t-1", RingId.Default), Now.AddSeconds(20))),
        new(5, new Revocation(new(RevocationKind.Token, "t-2", RingId.Default), Now)),
        new(6, new Revocation(new(RevocationKind.Client, "c-1", null), Now.AddSeconds(30))),
        new(7, new Revocation(new(RevocationKind.Organization, "acme", null), Now.AddSeconds(40))),
        new(9, new Revocation(new(RevocationKind.Organization, "other", null), Now.AddSeconds(50), Lifted: true)),
    ];

    [Fact]
    public void The_whole_list_names_all_that_is_revoked_by_the_claim_to_compare_with() => Assert.Equal(
        """{"iss":"https://issuer.example","iat":1800000000,"exp":1800000300,"number":9,"revoked":{"kid":{"k-1":1800000010},"jti":{"t-1":1800000020},"client_id":{"c-1":1800000030},"org":{"acme":1800000040}}}""",
        Written(null, Entries));

    [Fact]
    public void A_part_also_names_what_is_revoked_no_longer() => Assert.Equal(
        """{"iss":"https://issuer.example","iat":1800000000,"exp":1800000300,"number":9,"since":6,"revoked":{"kid":{},"jti":{},"client_id":{},"org":{"acme":1800000040}},"lifted":{"kid":{},"jti":{},"client_id":{},"org":{"other":1800000050}}}""",
        Written(6, Entries[4..]));

    [Fact]
    public void An_empty_list_has_the_same_form() => Assert.Equal(
        """{"iss":"https://issuer.example","iat":1800000000,"exp":1800000300,"number":9,"revoked":{"kid":{},"jti":{},"client_id":{},"org":{}}}""",
        Written(null, []));

    private static string Written(long? since, FeedEntry[] entries) =>
        Encoding.UTF8.GetString(RevocationList.Write("https://issuer.example", 9, since, entries, Now, Now.AddMinutes(5)).Span);
}
