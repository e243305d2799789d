using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth.Parts;

/// <summary>Tokens and verdicts over all API keys, each as likely as any other. There are as many organisations at every size, so that it is
/// keys that grow in number.</summary>
internal static class ApiKeysGrowth
{
    private const string Name = "keys";
    private const int Organizations = 1_000;

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        await using var fleet = await Fleet.Start(Name, options.Sizes(1_000, 100_000, 1_000_000));
        var organizations = options.Scaled(Organizations);
        var (firstUses, loads) = (new List<GrowthPoint>(), new List<SizedLoad>());
        var owned = new List<IDisposable>();
        try
        {
            foreach (var each in fleet.Silos)
            {
                var perOrganization = each.Size / organizations;
                var keys = await each.Bulk.Organizations(organizations, perOrganization);
                firstUses.Add(await each.Once(organizations, (http, n) => Requests.Verify(http, keys, n * perOrganization)));
                Console.WriteLine($"{Name}: {each.Size} made and an organisation's first key used, {firstUses[^1].Cost} us of processor time each");

                var (tokens, verdicts) = (keys.Tokens(each.Silo), keys.Verifications(each.Silo));
                owned.AddRange([keys, tokens, verdicts]);
                loads.Add(new("verify", each.Size, seconds => verdicts.Run(seconds)));
                loads.Add(new("token", each.Size, seconds => tokens.Run(seconds)));
            }

            var lines = Turns.Measure(Name, options, loads);
            return new GrowthPart(
                Name, "API keys", GrowthPart.ProcessorTime, $"Of {organizations:N0} organisations, which have a thousandth each. A request's key is any of them.", circumstances,
                [.. lines, new GrowthLine("an organisation's first use", firstUses, "it reads all keys of the organisation, of which 1,000 may be alive")],
                await fleet.Memory());
        }
        finally
        {
            owned.ForEach(each => each.Dispose());
        }
    }
}
