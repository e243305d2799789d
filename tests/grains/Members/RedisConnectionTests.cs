using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;
using Tumbler.Grains.Members;
using Tumbler.Tests.Certificates;
using Tumbler.Tests.Redis;

namespace Tumbler.Grains.Tests.Members;

public sealed class RedisConnectionTests
{
    /// <summary>As docs/configuration.md has it, and every silo of <c>deploy/local</c>.</summary>
    private const string Rights =
        "-@all +auth +hello +ping +echo +info +client +select +get +set +setnx +hget +hset +hsetnx +hgetall +hexists +hdel "
        + "+watch +unwatch +multi +exec +discard +zadd +zrangebylex +zremrangebylex +eval +evalsha +script";

    [Theory]
    [InlineData("")]
    [InlineData("password=secret-of-somebody")]
    [InlineData("redis.example:6379,pasword=secret-of-somebody")]
    [InlineData("redis.example:6379,ssl=secret-of-somebody")]
    public void What_is_no_connection_string_is_refused_without_quoting_it(string text)
    {
        Assert.False(RedisConnection.TryParse(text, null, out _, out var problem));

        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_had_is_said_without_the_password()
    {
        await using var redis = await RedisServer.Start();
        await redis.Ask("ACL", "SETUSER", "nothing", "on", ">secret-of-nothing", "-@all", "+auth", "+hello", "+client", "+echo", "+info");

        // Side by side, because each takes the time of an attempt.
        var problems = await Task.WhenAll(
            Problem($"{redis.Server},password=secret-of-somebody"),
            Problem(redis.Server),
            Problem($"{redis.Server},user=nobody,password=secret-of-somebody"),
            Problem($"{redis.Server},user=nothing,password=secret-of-nothing"),
            Problem("127.0.0.1:1,password=secret-of-somebody", isThere: false));

        Assert.Equal<IEnumerable<string?>>(
            [
                $"{redis.Server} refuses the default user: the password is wrong or missing, or there is no such user",
                $"{redis.Server} refuses the default user: the password is wrong or missing, or there is no such user",
                $"{redis.Server} refuses user 'nobody': the password is wrong or missing, or there is no such user",
                $"{redis.Server} does not let user 'nothing' do what is needed; docs/configuration.md has its rights",
                "127.0.0.1:1 can't be reached",
            ],
            problems.Select(problem => problem.Text));
        Assert.Equal([false, false, false, false, true], problems.Select(problem => problem.MayPass));
    }

    [Fact]
    public async Task A_user_with_the_documented_rights_can_do_all_that_a_silo_does()
    {
        await using var redis = await RedisServer.Start();
        await redis.Ask(["ACL", "SETUSER", "tumbler", "on", ">secret-of-the-user", "~tumbler/blue/*", "resetchannels", .. Rights.Split(' ')]);
        Assert.True(RedisConnection.TryParse($"{redis.Server},user=tumbler,password=secret-of-the-user", null, out var connection, out _));
        await using var opened = (await connection.Open(TimeProvider.System)).Redis!;
        var marks = new RedisMarks(opened, "blue", Guid.Empty);
        await marks.Propose();
        await marks.Confirm((await marks.Load())!);
        Assert.False((await marks.Load())!.Proposed);

        // As the reminder table of Orleans does it.
        await opened.GetDatabase().ScriptEvaluateAsync(
            "redis.call('ZREMRANGEBYLEX', KEYS[1], '[a', '[b'); return redis.call('ZADD', KEYS[1], 0, ARGV[1])", ["tumbler/blue/reminders"], ["x"]);

        await Assert.ThrowsAsync<RedisServerException>(() => new RedisMarks(opened, "green", Guid.Empty).Load());
    }

    [Fact]
    public async Task Over_TLS_Redis_has_to_be_signed_by_the_given_authorities()
    {
        using var authority = new TestAuthority();
        using var foreign = new TestAuthority();
        await using var redis = await RedisServer.Start(authority.Issue("redis"), authority.Path);
        var text = $"{redis.ConnectionString},ssl=true,sslHost=127.0.0.1";

        Assert.Null((await Problem(text, authority)).Text);
        Assert.Equal($"{redis.Server} shows a certificate that is not trusted, or speaks no TLS", (await Problem(text, foreign)).Text);
        Assert.Equal($"{redis.Server} shows a certificate that is not trusted, or speaks no TLS", (await Problem(text)).Text);
        Assert.False(RedisConnection.TryParse(redis.ConnectionString, [], out _, out var problem));
        Assert.Equal("says nothing of TLS (ssl=true), but authorities are given", problem);
    }

    /// <param name="isThere">Then it is asked again while it only takes too long, as on a busy machine it may.</param>
    private static async Task<(string? Text, bool MayPass)> Problem(string text, TestAuthority? authority = null, bool isThere = true)
    {
        for (var waiting = Stopwatch.StartNew(); ;)
        {
            var problem = await OneProblem(text, authority);
            if (!isThere || !problem.MayPass || waiting.Elapsed > TimeSpan.FromMinutes(1))
                return problem;
        }
    }

    private static async Task<(string? Text, bool MayPass)> OneProblem(string text, TestAuthority? authority)
    {
        X509Certificate2Collection? authorities = null;
        if (authority is not null)
        {
            authorities = [];
            authorities.ImportFromPem(authority.Pem);
        }

        Assert.True(RedisConnection.TryParse(text, authorities, out var connection, out _));
        var (redis, problem, mayPass) = await connection.Open(TimeProvider.System);
        if (redis is not null)
            await redis.DisposeAsync();
        return (problem, mayPass);
    }
}
