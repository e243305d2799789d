using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Rings;

internal static class PutRings
{
    public static Verb Verb(Frame frame)
    {
        var ring = IdArgument.Ring();
        var algorithm = Words.Text("--algorithm", "name", "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512.");
        algorithm.CompletionSources.Add(Enum.GetNames<JwsAlgorithm>());
        var bits = Words.Number("--rsa-bits", "2048, 3072 or 4096; only with RS and PS.", 1, int.MaxValue);
        var interval = Words.Text("--interval", "duration", "How long each key signs: 24h, PT24H.");
        var validity = Words.Text("--validity", "duration", "How long each key verifies, from when it signs.");
        var lead = Words.Text("--lead", "duration", "How long each key is published before it signs.");
        var shortLead = new Option<bool?>("--allow-short-lead") { Description = "Allows a lead under 13 h: verifiers are known not to cache that long." };
        var lifetime = Words.Text("--max-token-lifetime", "duration", "No token lives longer.");
        return new Verb(
            frame, "put", "Creates a ring, or changes a ring's policy; what is not given stays. A change takes effect with the next key.",
            "tumbler rings put payments --algorithm ES256", "tumbler rings put payments --interval 12h --validity 13h --lead 13h")
        {
            ring, algorithm, bits, interval, validity, lead, shortLead, lifetime,
        }.Does((words, session, stop) => session.Show(
            session.Server.Send(
                HttpMethod.Put,
                RingsNoun.PathOf(words.GetValue(ring)),
                new PutRing(
                    words.GetValue(algorithm), words.GetValue(bits), words.GetValue(interval), words.GetValue(validity), words.GetValue(lead),
                    words.GetValue(shortLead), words.GetValue(lifetime)),
                CliJson.Default.PutRing, CliJson.Default.RingView, stop),
            RingFacts.Draw));
    }
}
