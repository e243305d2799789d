using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

/// <summary>Taking a key out of use, more or less: the verbs differ in a word of the route and in what they lead to.</summary>
internal static class Withdrawal
{
    /// <param name="name">Of the verb and in the route.</param>
    /// <param name="consequence">What will happen, in a sentence.</param>
    public static Verb Verb(Frame frame, string name, string description, Func<Kid, RingId, string> consequence, params string[] examples)
    {
        var (kid, ring, reason, yes) = (IdArgument.Kid(), IdArgument.InRing(), Words.Reason(), Words.Yes());
        return new Verb(frame, name, description, examples) { kid, ring, reason, yes }.Does((words, session, stop) =>
        {
            var (key, of) = (words.GetValue(kid), words.GetValue(ring));
            return session.Confirmed(
                words.GetValue(yes), consequence(key, of), KeysNoun.NameOf(key),
                () => session.Show(
                    session.Server.Send(
                        HttpMethod.Post, $"{KeysNoun.PathOf(of, key)}/{name}", new WithdrawKey(words.GetValue(reason)),
                        CliJson.Default.WithdrawKey, CliJson.Default.RotationView, stop),
                    RotationView.Draw));
        });
    }
}
