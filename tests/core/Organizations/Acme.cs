using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;

namespace Tumbler.Core.Tests.Organizations;

/// <summary>The organisation that these tests are about.</summary>
internal static class Acme
{
    public static readonly OrgSlug Slug = OrgSlug.Parse("acme");
    public static readonly DateTimeOffset Founded = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static Organization With(params ApiKey[] keys) => new(
        Slug, "Acme", "ann@example.com", OrganizationStatus.Active, Deleted: false, Founded, Founded,
        keys.ToImmutableDictionary(key => key.Id), AuditHead.Empty, Receipts: []);

    /// <summary>A live key, the younger the higher its number.</summary>
    public static ApiKey Key(int number) => new(
        Id(number), $"key {number}", Hash(number), [$"s{number}"], [], [], Founded.AddHours(number));

    public static ApiKeyId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static ApiKeyHash Hash(int number) => ApiKeyHash.Parse(number.ToString("x16").PadRight(64, 'f'));

    public static T Value<T>(Result<T> result)
    {
        Assert.True(result.TryGet(out var value, out var refusal), refusal?.Message);
        return value;
    }

    public static Refusal Refusal<T>(Result<T> result, ErrorCode code)
    {
        Assert.False(result.TryGet(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
