using Tumbler.Contracts.ApiKeys;
using Tumbler.Engine.ApiKeys;

namespace Tumbler.Engine.Tests.ApiKeys;

public sealed class ApiKeyUsesTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_first_use_is_never_seen_without_its_time()
    {
        var uses = new ApiKeyUses();
        var keys = Enumerable.Range(0, 200_000).Select(number => new ApiKeyId(new Guid(number, 0, 0, new byte[8]))).ToArray();

        var reader = Task.Run(() =>
        {
            foreach (var key in keys)
            {
                DateTimeOffset? seen;
                while ((seen = uses.LastUse(key)) is null)
                    Thread.SpinWait(1);
                Assert.Equal(DateTimeOffset.UnixEpoch, seen);
            }
        });
        foreach (var key in keys)
            uses.Used(key, DateTimeOffset.UnixEpoch);

        await reader;
    }

    [Fact]
    public void Beyond_the_most_the_keys_that_were_used_longest_ago_are_forgotten_and_no_others()
    {
        var uses = new ApiKeyUses(most: 100);
        var keys = Enumerable.Range(0, 150).Select(number => new ApiKeyId(new Guid(number, 0, 0, new byte[8]))).ToArray();

        foreach (var (number, key) in keys.Index())
            uses.Used(key, DateTimeOffset.UnixEpoch.AddSeconds(number));

        var known = keys.Where(key => uses.LastUse(key) is not null).ToArray();
        Assert.InRange(known.Length, 90, 100);
        Assert.Equal(keys[^known.Length..], known);
    }
}
