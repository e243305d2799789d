using Tumbler.Cli.Commands;
using Tumbler.Cli.Drawing;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

internal static class ListKeys
{
    /// <summary>A drawing for a file or a pipe has to end somewhere.</summary>
    private const int WidestDrawing = 120;

    public static Verb Verb(Frame frame)
    {
        var ring = IdArgument.InRing();
        return new Verb(
            frame, "list", "Lists a ring's keys, newest first, below a drawing of when each is published, signs and is retired.",
            "tumbler keys list", "tumbler keys list --ring payments --json")
        {
            ring,
        }.Does(async (words, session, stop) =>
        {
            var keys = await session.Server.Get(KeysNoun.PathOf(words.GetValue(ring)), CliJson.Default.KeyPage, stop);
            var now = session.Terminal.IsJson ? default : await Now(session, stop);
            return await session.Show(Task.FromResult(keys), (terminal, page) => Draw(terminal, page.Items, now));
        });
    }

    /// <summary>By the server's clock, by which its keys change.</summary>
    private static async Task<DateTimeOffset> Now(Session session, CancellationToken stop) =>
        (await session.Server.Get("/health/live", CliJson.Default.ServerTime, stop)).TryGet(out var answer, out _)
        && answer.Read().TryGet(out var time, out _)
            ? time.Time
            : session.Call.Clock.GetUtcNow();

    private static void Draw(Terminal terminal, IReadOnlyList<KeyView> keys, DateTimeOffset now)
    {
        terminal.Draw(ink => KeyTimeLine.Draw(keys, now, Math.Min(terminal.Width, WidestDrawing), ink));
        terminal.Line();
        var table = new Table("no", "kid", "alg", "state", "origin", "until");
        foreach (var key in keys)
        {
            table.Row(
                key.RotationCount, key.Kid.ToString(), key.Algorithm.ToString(), StateOf(key), Cell.Of(key.Origin), UntilOf(key));
        }

        terminal.Table(table);
    }

    private static Cell StateOf(KeyView key) => key.State switch
    {
        KeyState.Signing => Cell.Of(key.State, Cell.Good),
        KeyState.Revoked => Cell.Of(key.State, Cell.Bad),
        _ when key.TaintedAt is not null => new Cell($"{Cell.Of(key.State).Text}, tainted", Cell.Warning),
        KeyState.Expired => Cell.Of(key.State, Cell.Quiet),
        _ => Cell.Of(key.State),
    };

    /// <summary>How long it is in this state, or since when.</summary>
    private static DateTimeOffset UntilOf(KeyView key) => key.State switch
    {
        KeyState.Prepared => key.PublishedAt,
        KeyState.Published when key.PrivateKeyDestroyedAt is null => key.ActivatesAt,
        KeyState.Signing => key.SignsUntil,
        KeyState.Revoked => key.RevokedAt ?? key.ExpiresAt,
        _ => key.ExpiresAt,
    };
}
