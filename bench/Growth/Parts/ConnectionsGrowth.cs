using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth.Parts;

/// <summary>Tokens, key sets and verdicts asked for over so many connections at once.</summary>
internal static class ConnectionsGrowth
{
    private const string Name = "connections";

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        await using var fleet = await Fleet.Start(Name, options.Sizes(1, 32, 512));
        var (loads, scripts) = (new List<SizedLoad>(), new List<Wrk>());
        try
        {
            foreach (var each in fleet.Silos)
            {
                Add("token", Wrk.Tokens(each.Silo));
                Add("jwks", new Wrk(each.Silo, "/.well-known/jwks.json"));
                Add("verify", Wrk.Verifications(each.Silo, "/api/v1/api-keys/verify", each.Silo));

                void Add(string line, Wrk load)
                {
                    scripts.Add(load);
                    loads.Add(new(line, each.Size, seconds => load.Run(seconds, each.Size)));
                }
            }

            return new GrowthPart(
                Name, "connections", GrowthPart.ProcessorTime,
                "Each asks again as soon as it has its answer, so with one the machine waits for it most of the time, and with many each waits for the others: latency is their number divided by what is done a second.",
                circumstances, Turns.Measure(Name, options, loads), await fleet.Memory());
        }
        finally
        {
            scripts.ForEach(script => script.Dispose());
        }
    }
}
