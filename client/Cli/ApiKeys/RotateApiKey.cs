using Tumbler.Cli.Commands;
using Tumbler.Cli.Organizations;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

internal static class RotateApiKey
{
    public static Verb Verb(Frame frame)
    {
        var (org, shown, yes) = (IdArgument.Org(), new NewKey(), Words.Yes());
        var overlap = Words.Text("--overlap", "duration", "How long the old keys are still accepted: 10m, PT10M; at most 7 days. Without it they end at once.");
        return new Verb(
            frame, "rotate", "Replaces all API keys of an organisation by one new key, and shows it this once.",
            "tumbler api-keys rotate acme --overlap 10m", "tumbler api-keys rotate acme --yes --out acme.key")
        {
            org, overlap, shown.Out, yes,
        }.Does((words, session, stop) =>
        {
            var slug = words.GetValue(org);
            Task<int> Rotate() => shown.Show(
                words,
                session,
                () => session.Server.Send(
                    HttpMethod.Post, $"{OrgsNoun.PathOf(slug)}/api-key/rotate", new RotateApiKeys(words.GetValue(overlap)),
                    CliJson.Default.RotateApiKeys, CliJson.Default.RotatedApiKeys, stop),
                rotated => rotated.Key,
                rotated =>
                [
                    ("id", rotated.Id.ToString()),
                    ("replaces", Cell.Of([.. rotated.Revoked.Select(key => key.Id.ToString())])),
                    ("old keys end", rotated.EffectiveAt),
                ]);

            // With an overlap services have time to take the new key; without one they are cut off now.
            return words.GetValue(overlap) is not null
                ? Rotate()
                : session.Confirmed(words.GetValue(yes), $"Every API key of organisation {slug} will be refused at once.", slug.Value, Rotate);
        });
    }
}
