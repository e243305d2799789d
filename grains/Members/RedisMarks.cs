using StackExchange.Redis;
using Tumbler.Core.Cluster;
using Tumbler.Engine;

namespace Tumbler.Grains.Members;

/// <summary>What a Redis says whose it is, under the cluster's id.</summary>
public sealed class RedisMarks(IConnectionMultiplexer redis, string id, Guid store)
{
    /// <summary>Members, reminders and the generation of a cluster all begin with it.</summary>
    public static string Prefix(string id) => $"tumbler/{id}";

    public string Key { get; } = $"{Prefix(id)}/generation";

    /// <exception cref="RedisException"/>
    public async Task<RedisMark?> Load()
    {
        string? text = await redis.GetDatabase().StringGetAsync(Key);

        // What nobody of us has written is somebody else's.
        return text is null ? null : RedisMark.TryParse(text, out var mark) ? mark : new RedisMark(Guid.Empty, Guid.Empty, false);
    }

    /// <summary>Unless there is one.</summary>
    /// <exception cref="RedisException"/>
    public Task Propose() =>
        redis.GetDatabase().StringSetAsync(Key, new RedisMark(store, Chance.Uuid(), true).ToString(), when: When.NotExists);

    /// <summary>If it is still the one.</summary>
    /// <exception cref="RedisException"/>
    public async Task Confirm(RedisMark proposal)
    {
        var transaction = redis.GetDatabase().CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(Key, proposal.ToString()));
        _ = transaction.StringSetAsync(Key, (proposal with { Proposed = false }).ToString());
        await transaction.ExecuteAsync();
    }
}
