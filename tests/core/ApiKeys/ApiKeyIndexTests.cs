using Tumbler.Contracts.ApiKeys;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Tests.ApiKeys;

public class ApiKeyIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_key_is_found_by_its_hash_whatever_its_state()
    {
        var keys = Enumerable.Range(0, 200).Select(Key).ToArray();
        var index = new ApiKeyIndex(keys);
        Assert.All(keys, key => Assert.Same(key, index.Match(key.Hash)));
    }

    [Fact]
    public void A_hash_that_differs_only_behind_the_bytes_that_choose_the_bucket_is_not_found()
    {
        var index = new ApiKeyIndex([Key(1)]);
        var bytes = Convert.FromHexString(Key(1).Hash.ToHex());
        bytes[^1] ^= 1;
        Assert.Equal(Key(1).Hash.GetHashCode(), new ApiKeyHash(bytes).GetHashCode());
        Assert.Null(index.Match(new ApiKeyHash(bytes)));
    }

    [Fact]
    public void Nothing_is_found_where_there_is_no_key() => Assert.Null(new ApiKeyIndex([]).Match(Key(1).Hash));

    private static ApiKey Key(int number)
    {
        var bytes = new byte[ApiKeyHash.Length];
        new Random(number).NextBytes(bytes);
        return new ApiKey(
            new ApiKeyId(new Guid(bytes.AsSpan(0, 16))), $"key {number}", new ApiKeyHash(bytes), [], [], [], Now,
            RevokedAt: number % 2 == 0 ? Now : null);
    }
}
