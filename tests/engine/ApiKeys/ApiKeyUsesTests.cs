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
}
