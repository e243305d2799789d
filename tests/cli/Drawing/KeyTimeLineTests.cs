using Tumbler.Cli.Drawing;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Tests.Drawing;

public sealed class KeyTimeLineTests
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A ring with days behind it: 24 h of signing, 1 h more of verifying, published 24 h ahead.</summary>
    internal static readonly KeyView[] Steady = [.. Enumerable.Range(1, 7).Select(n => Key(n, published: 24 * (n - 6), signs: 24 * (n - 5), until: 24 * (n - 4), expires: (24 * (n - 4)) + 1))];

    [Fact]
    public void In_60_columns() => Is(60, """
                         8 Mar           10 Mar         12 Mar
                     ────┬───────────────┬───▼──────────┬───────────
        #1 00000001  ─                       │
        #2 00000002  ████████─               │
        #3 00000003  ········████████─       │
        #4 00000004          ········████████─
        #5 00000005                  ········███████─
        #6 00000006                          ·······████████─
        #7 00000007                          │      ········███████─
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """, Steady);

    [Fact]
    public void In_80_columns() => Is(80, """
                           8 Mar      9 Mar      10 Mar     11 Mar     12 Mar     13 Mar
                     ──────┬──────────┬──────────┬─────▼────┬──────────┬──────────┬─────
        #1 00000001  ─                                 │
        #2 00000002  ███████████─                      │
        #3 00000003  ···········███████████─           │
        #4 00000004             ···········████████████─
        #5 00000005                        ············███████████─
        #6 00000006                                    ···········███████████─
        #7 00000007                                    │          ···········██████████─
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """, Steady);

    [Fact]
    public void In_120_columns() => Is(120, """
                               8 Mar            9 Mar             10 Mar           11 Mar            12 Mar           13 Mar
                     ──────────┬────────────────┬─────────────────┬────────▼───────┬─────────────────┬────────────────┬─────────
        #1 00000001  █─                                                    │
        #2 00000002  ·█████████████████─                                   │
        #3 00000003   ·················██████████████████─                 │
        #4 00000004                    ··················██████████████████─
        #5 00000005                                      ··················█████████████████─
        #6 00000006                                                        ·················██████████████████─
        #7 00000007                                                        │                ··················█████████████████─
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """, Steady);

    [Fact]
    public void In_ascii() => Is(80, """
                           8 Mar      9 Mar      10 Mar     11 Mar     12 Mar     13 Mar
                     ------+----------+----------+-----v----+----------+----------+-----
        #1 00000001  -                                 |
        #2 00000002  ###########-                      |
        #3 00000003  ...........###########-           |
        #4 00000004             ...........############-
        #5 00000005                        ............###########-
        #6 00000006                                    ...........###########-
        #7 00000007                                    |          ...........##########-
                     . published  # signs  - retired  v 10 Mar 12:00 UTC
        """, Steady, Ink.Ascii);

    [Fact]
    public void A_ring_that_has_just_begun() => Is(80, """
                     12:00           11 Mar           12:00           12 Mar
                     ▼───────────────┬────────────────┬───────────────┬────────────────┬
        #1 00000001  █████████████████████████████████─
        #2 00000002  ·································█████████████████████████████████─
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """, [Key(1, 0, 0, 24, 25), Key(2, 0, 24, 48, 49)]);

    [Fact]
    public void A_signing_key_that_was_revoked_and_the_key_that_took_over() => Is(80, """
                          12:00     10 Mar     12:00     11 Mar    12:00      12 Mar
                     ─────┬─────────┬──────────▼─────────┬─────────┬──────────┬─────────
        #1 00000001  ·····················████×│
        #2 00000002                       ····█████████████████████─
        #3 00000003                           ·····················████████████████████─
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """,
        [
            Key(1, -30, -6, 18, 19) with { State = KeyState.Revoked, RevokedAt = Noon.AddHours(-1), PrivateKeyDestroyedAt = Noon.AddHours(-1) },
            Key(2, -6, -1, 23, 24),
            Key(3, -1, 23, 47, 48),
        ]);

    [Fact]
    public void A_tainted_key_and_one_that_came_in_to_verify_for_a_year() => Is(80, """
                          12:00      10 Mar    12:00      11 Mar    12:00     12 Mar
                     ─────┬──────────┬─────────▼──────────┬─────────┬─────────┬─────────
        #1 00000001  ·····················███───────────────────
        #2 00000002                       ···█████████████████████─
        #3 00000003                          ·····················█████████████████████─
        #4 00000004                           ──────────────────────────────────────────
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """,
        [
            Key(1, -30, -6, 18, 19) with { TaintedAt = Noon.AddHours(-2), PrivateKeyDestroyedAt = Noon.AddHours(-2) },
            Key(2, -6, -2, 22, 23),
            Key(3, -2, 22, 46, 47),
            Key(4, -1, -1, 8000, 8760) with { Origin = KeyOrigin.Imported, PrivateKeyDestroyedAt = Noon.AddHours(-1) },
        ]);

    [Fact]
    public void A_ring_that_turns_every_minute() => Is(80, """
                     11:57      11:58      11:59       12:00      12:01      12:02
                     ┬──────────┬──────────┬───────────▼──────────┬──────────┬──────────
        #1 00000001  ···········███████████────────────│
        #2 00000002             ···········████████████───────────
        #3 00000003                        ············███████████───────────
        #4 00000004                                    ···········███████████───────────
                     · published  █ signs  ─ retired  ▼ 10 Mar 12:00 UTC
        """,
        [.. Enumerable.Range(1, 4).Select(n => Key(n, published: (n - 4) / 60.0, signs: (n - 3) / 60.0, until: (n - 2) / 60.0, expires: (n - 1) / 60.0))]);

    [Fact]
    public void Of_no_keys_there_is_nothing_to_draw() => Assert.Empty(KeyTimeLine.Draw([], Noon, 80));

    [Fact]
    public void Keys_that_are_all_gone_are_drawn_up_to_now() => Assert.Equal(4, KeyTimeLine.Draw([Key(1, -3, -2, -1, -0.01)], Noon, 80).Count);

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(61)]
    [InlineData(119)]
    [InlineData(500)]
    public void No_line_is_longer_than_it_may_be_and_now_stands_in_one_column(int width)
    {
        for (var hour = -200.0; hour < 200; hour += 7.3)
        {
            var lines = KeyTimeLine.Draw(Steady, Noon.AddHours(hour), width);

            if (hour > 73)
            {
                Assert.Empty(lines); // The last key has been gone for longer than anything there is still to come.
                continue;
            }

            Assert.All(lines.SkipLast(1), line => Assert.InRange(line.ToString().Length, 0, Math.Max(width, 40)));
            Assert.Single(lines[1].ToString(), c => c == Ink.Unicode.Now);
        }
    }

    [Fact]
    public void At_every_instant_one_key_signs_in_the_column_of_now()
    {
        for (var hour = -70.0; hour < 20; hour += 0.7)
        {
            var lines = KeyTimeLine.Draw(Steady, Noon.AddHours(hour), 100);
            var column = lines[1].ToString().IndexOf(Ink.Unicode.Now, StringComparison.Ordinal);

            Assert.Single(lines.Skip(2).SkipLast(1), line => line.ToString() is var text && text.Length > column && text[column] == Ink.Unicode.Signing);
        }
    }

    private static void Is(int width, string expected, KeyView[] keys, Ink? ink = null)
    {
        var drawn = string.Join('\n', KeyTimeLine.Draw([.. keys.Reverse()], Noon, width, ink).Select(line => line.ToString()));
        Assert.True(expected == drawn, $"Expected:\n{expected}\nDrawn:\n{drawn}");
    }

    /// <param name="published">And so on: hours from now.</param>
    private static KeyView Key(int number, double published, double signs, double until, double expires) => new(
        Kid.Parse($"{number:x8}-6d0b-4c57-9f0e-2f5b7a1c9d3e"), JwsAlgorithm.ES256, number, KeyOrigin.Scheduled,
        signs <= 0 && until > 0 ? KeyState.Signing : signs > 0 ? KeyState.Published : expires > 0 ? KeyState.Retired : KeyState.Expired,
        Active: true, Noon.AddHours(published), Noon.AddHours(published), Noon.AddHours(signs), Noon.AddHours(until), Noon.AddHours(expires), null, null, null, null);
}
