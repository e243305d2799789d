using Microsoft.Extensions.Logging;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Secrets;
using Tumbler.Silo.Tests.Reload;
using Tumbler.Tests.Clock;

namespace Tumbler.Silo.Tests.Secrets;

public sealed class ManagedSecretsTests : IDisposable
{
    private static readonly SecretAddress One = new("secret", "tumbler", "one");
    private static readonly SecretAddress Two = new("secret", "tumbler", "two");

    private readonly Scripted manager = new();
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LinesLogged log = new();
    private readonly ManagedSecrets secrets;

    public ManagedSecretsTests() => secrets = new ManagedSecrets(manager, TimeSpan.FromMinutes(5), clock);

    public void Dispose() => secrets.Dispose();

    [Fact]
    public async Task They_are_read_again_when_it_is_time_and_when_somebody_asks()
    {
        await Fetch(One);
        manager.Values[One] = new(new SecretText("second"), null);

        clock.Advance(TimeSpan.FromMinutes(4));
        await Look();
        Assert.Equal("first", secrets.Answer(One).Value!.Reveal());
        await Look(asked: true);
        Assert.Equal("second", secrets.Answer(One).Value!.Reveal());
        manager.Values[One] = new(new SecretText("third"), null);
        clock.Advance(TimeSpan.FromMinutes(5));
        await Look();
        Assert.Equal("third", secrets.Answer(One).Value!.Reveal());
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task While_it_is_away_what_was_said_last_holds_and_it_is_logged_once()
    {
        await Fetch(One);
        manager.Values[One] = new(null, "does not answer", MayPass: true);
        clock.Advance(TimeSpan.FromMinutes(5));

        List<TimeSpan> pauses = [];
        for (var i = 0; i < 9; i++)
        {
            await Look();
            Assert.Equal("first", secrets.Answer(One).Value!.Reveal());
            pauses.Add(secrets.DueAt - clock.Now);
            clock.Now = secrets.DueAt;
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], pauses.Select(pause => pause.TotalSeconds));
        manager.Values[One] = new(new SecretText("second"), null);
        await Look();
        Assert.Equal("second", secrets.Answer(One).Value!.Reveal());
        Assert.Equal(TimeSpan.FromMinutes(5), secrets.DueAt - clock.Now);
        Assert.Equal(
            [
                (LogLevel.Error, "The secret manager: does not answer. The silo goes on with the secrets it has and keeps asking."),
                (LogLevel.Information, "The secret manager answers again."),
            ],
            log.Lines);
    }

    [Fact]
    public async Task A_secret_that_is_deleted_there_is_kept_here()
    {
        await Fetch(One, Two);
        manager.Values[One] = new(null, "nothing there");
        manager.Values[Two] = new(new SecretText("second"), null);

        await Look(asked: true);

        Assert.Equal(("first", "second"), (secrets.Answer(One).Value!.Reveal(), secrets.Answer(Two).Value!.Reveal()));
        Assert.Contains("nothing there", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_asked_once_and_not_for_every_secret()
    {
        manager.Values[One] = manager.Values[Two] = new(null, "does not answer", MayPass: true);

        await Fetch(One, Two);

        Assert.Single(manager.Asked);
        Assert.True(secrets.Answer(One).MayPass && secrets.Answer(Two).MayPass);
    }

    [Fact]
    public async Task Asked_for_is_only_what_the_settings_name()
    {
        await Fetch(One);
        await Fetch(One);
        await Fetch(Two);
        await Look(asked: true);

        Assert.Equal([One, Two, Two], manager.Asked);
        Assert.Null(secrets.Answer(One).Value);
    }

    [Fact]
    public async Task What_is_wrong_with_the_right_to_ask_is_logged_until_it_is_right()
    {
        await Fetch(One);
        manager.Problem = "the token can't be renewed";

        await Look();
        await Look();
        manager.Problem = null;
        await Look();
        await Look(asked: true);

        Assert.Equal([LogLevel.Error, LogLevel.Information], log.Lines.Select(line => line.Level));
    }

    private Task Fetch(params SecretAddress[] addresses) => secrets.Fetch(addresses.ToHashSet(), TestContext.Current.CancellationToken);

    private Task Look(bool asked = false) => secrets.Look(asked, log, TestContext.Current.CancellationToken);

    private sealed class Scripted : ISecretManager
    {
        public Dictionary<SecretAddress, SecretAnswer> Values { get; } =
            new() { [One] = new(new SecretText("first"), null), [Two] = new(new SecretText("first"), null) };

        public List<SecretAddress> Asked { get; } = [];

        public string? Problem { get; set; }

        public DateTimeOffset KeepAliveAt => DateTimeOffset.MaxValue;

        public Task<SecretAnswer> Read(SecretAddress address, CancellationToken stop)
        {
            Asked.Add(address);
            return Task.FromResult(Values[address]);
        }

        public Task<string?> KeepAlive(CancellationToken stop) => Task.FromResult(Problem);

        public void Dispose() { }
    }
}
