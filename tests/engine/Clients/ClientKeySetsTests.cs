using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Clients;
using Tumbler.Engine.Clients;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Clients;

public sealed class ClientKeySetsTests : IDisposable
{
    private readonly ManualClock clock = new(Installation.Start);
    private readonly Asserting first;
    private readonly Asserting second;
    private readonly ClientKeySets sets;
    private readonly List<string> fetches = [];
    private Func<Task<byte[]?>> answer;

    public ClientKeySetsTests()
    {
        (first, second) = (new Asserting(() => clock.Now), new Asserting(() => clock.Now));
        answer = () => Task.FromResult<byte[]?>(first.Published);
        sets = new ClientKeySets(Fetch, clock, most: 3);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task A_set_is_fetched_when_it_is_needed_and_not_again_for_five_minutes()
    {
        Assert.NotNull(await Find(first));
        clock.Advance(ClientKeySets.Fresh - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Node.AtOnce(sets.Find(At("https://a.example"), Has(first))));
        Assert.Single(fetches);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await Find(first));
        Assert.Equal(2, fetches.Count);
    }

    [Fact]
    public async Task An_unknown_key_makes_it_ask_again_but_not_within_thirty_seconds()
    {
        await Find(first);
        answer = () => Task.FromResult<byte[]?>(second.Published);

        Assert.False(Has(second)((await Find(second))!));
        clock.Advance(TimeSpan.FromSeconds(29));
        await Find(second);
        Assert.Single(fetches);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Has(second)((await Find(second))!));
        Assert.Equal(2, fetches.Count);
    }

    [Fact]
    public async Task For_an_hour_a_set_outlives_its_server()
    {
        await Find(first);
        answer = () => Task.FromResult<byte[]?>(null);

        clock.Advance(ClientKeySets.KeptOnError - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Find(first));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Find(first));
    }

    [Fact]
    public async Task A_server_that_fails_is_left_alone_for_ten_seconds()
    {
        answer = () => Task.FromResult<byte[]?>(null);
        Assert.Null(await Find(first));
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(await Find(first));
        Assert.Single(fetches);

        clock.Advance(TimeSpan.FromSeconds(1));
        answer = () => Task.FromResult<byte[]?>(first.Published);
        Assert.NotNull(await Find(first));
    }

    [Fact]
    public async Task What_is_no_set_does_not_replace_one()
    {
        await Find(first);
        answer = () => Task.FromResult<byte[]?>("<html>"u8.ToArray());
        clock.Advance(ClientKeySets.Fresh);

        Assert.True(Has(first)((await Find(first))!));
    }

    [Fact]
    public async Task However_many_ask_one_fetches_and_who_asks_for_another_does_not_wait()
    {
        var slow = new TaskCompletionSource<byte[]?>();
        answer = () => slow.Task;
        var waiting = Enumerable.Range(0, 20).Select(_ => Task.Run(() => Find(first))).ToArray();
        while (fetches.Count == 0)
            await Task.Yield();

        answer = () => Task.FromResult<byte[]?>(second.Published);
        Assert.NotNull(await sets.Find(At("https://b.example"), Has(second)));
        Assert.DoesNotContain(waiting, each => each.IsCompleted);

        slow.SetResult(first.Published);
        Assert.All(await Task.WhenAll(waiting), Assert.NotNull);
        Assert.Equal(["https://a.example/", "https://b.example/"], fetches);
    }

    [Fact]
    public async Task The_one_that_was_used_longest_ago_makes_room()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await sets.Find(At($"https://{name}.example"), Has(first));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await sets.Find(At("https://a.example"), Has(first));
        clock.Advance(TimeSpan.FromSeconds(1));
        await sets.Find(At("https://d.example"), Has(first));

        Assert.Equal(3, sets.Count);
        await sets.Find(At("https://a.example"), Has(first));
        Assert.Equal(4, fetches.Count);
        await sets.Find(At("https://b.example"), Has(first));
        Assert.Equal(5, fetches.Count);
    }

    [Fact]
    public async Task Keys_that_are_registered_by_value_are_there_at_once()
    {
        var keys = ClientKeySet.Fetched(first.Published);

        Assert.Same(keys, await Node.AtOnce(sets.Find(At(null) with { Keys = keys }, _ => false)));
        Assert.Empty(fetches);
    }

    private async Task<ClientKeySet?> Find(Asserting key) => await sets.Find(At("https://a.example"), Has(key));

    private Task<byte[]?> Fetch(Uri uri)
    {
        lock (fetches)
            fetches.Add(uri.ToString());
        return answer();
    }

    private static Func<ClientKeySet, bool> Has(Asserting key) => set => set.Keys.Any(each => each.Kid == key.KeyId);

    private static RegisteredClient At(string? uri) => new(
        ClientId.Of(OrgSlug.Parse("acme"), "00000000000000000000"), "x", ClientAuthMethod.PrivateKeyJwt, [], [], Installation.Start, Installation.Start)
    {
        KeysUri = uri,
    };
}
