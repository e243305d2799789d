using Tumbler.Cli.Commands;
using Tumbler.Cli.Keys;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Rings;

internal static class RevokeRing
{
    public static Verb Verb(Frame frame)
    {
        var (ring, reason, yes) = (IdArgument.Ring(), Words.Reason(), Words.Yes());
        return new Verb(
            frame, "revoke", "Revokes every key of a ring; new ones sign at once. Every token of its issuer is refused.",
            "tumbler rings revoke payments --reason \"host was broken into\"", "tumbler rings revoke payments --yes")
        {
            ring, reason, yes,
        }.Does((words, session, stop) =>
        {
            var id = words.GetValue(ring);
            return session.Confirmed(
                words.GetValue(yes), $"Every key of ring {id} will be revoked, and every token of its issuer refused.", id.Value,
                () => session.Show(
                    session.Server.Send(
                        HttpMethod.Post, $"{RingsNoun.PathOf(id)}/revoke", new WithdrawKey(words.GetValue(reason)),
                        CliJson.Default.WithdrawKey, CliJson.Default.RotationView, stop),
                    RotationView.Draw));
        });
    }
}
