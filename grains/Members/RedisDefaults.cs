using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Tumbler.Grains.Members;

/// <summary>What the connection string leaves open. What it says wins.</summary>
internal sealed class RedisDefaults : DefaultOptionsProvider
{
    /// <summary>The first connection fails at once, with its reason; a later one is always tried again.</summary>
    public override bool AbortOnConnectFail => true;

    public override TimeSpan? ConnectTimeout => TimeSpan.FromSeconds(3);

    public override int ConnectRetry => 2;

    public override TimeSpan SyncTimeout => TimeSpan.FromSeconds(3);

    /// <summary>A Redis that is back is found within a second or two, however long it was away.</summary>
    public override IReconnectRetryPolicy? ReconnectRetryPolicy => new LinearRetry(1000);

    /// <summary>A Redis that vanished without a word is missed within seconds.</summary>
    public override TimeSpan KeepAliveInterval => TimeSpan.FromSeconds(5);

    /// <summary>Neither is of use here, and each is one more command or channel that a user would have to be allowed.</summary>
    public override string ConfigurationChannel => "";

    public override string TieBreaker => "";

    public override bool SetClientLibrary => false;

    /// <summary>Such details hold addresses and counters of this machine.</summary>
    public override bool IncludeDetailInExceptions => false;
}
