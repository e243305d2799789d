namespace Tumbler.Bench.Growth.Parts;

/// <summary>Tokens and verdicts for API keys of all organisations, each as likely as any other; each has one key.</summary>
internal static class OrganizationsGrowth
{
    private const string Name = "organizations";

    /// <summary>Used before the others, so that the first of those meets a process that has learned how it is done.</summary>
    private const int First = 200;

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        await using var fleet = await Fleet.Start(Name, options.Sizes(1, 1_000, 20_000));
        var (firstUses, loads) = (new List<GrowthPoint>(), new List<SizedLoad>());
        var owned = new List<IDisposable>();
        var first = options.Scaled(First);
        try
        {
            foreach (var each in fleet.Silos)
            {
                using var all = await each.Bulk.Organizations(each.Size + first, 1);
                await each.Once(first, (http, n) => Requests.Verify(http, all, each.Size + n));
                var use = await each.Once(each.Size, (http, n) => Requests.Verify(http, all, n));
                Console.WriteLine($"{Name}: {each.Size} used for the first time, {use.Cost} us of processor time each");
                if (each.Size > 1)
                    firstUses.Add(use);

                var keys = all.Take(each.Size);
                var (tokens, verdicts) = (keys.Tokens(each.Silo), keys.Verifications(each.Silo));
                owned.AddRange([keys, tokens, verdicts]);
                loads.Add(new("verify", each.Size, seconds => verdicts.Run(seconds)));
                loads.Add(new("token", each.Size, seconds => tokens.Run(seconds)));
            }

            var lines = Turns.Measure(Name, options, loads);
            return new GrowthPart(
                Name, "organisations", GrowthPart.ProcessorTime, "Each has one API key. A request's organisation is any of them.", circumstances,
                [.. lines, new GrowthLine("first use", firstUses)], await fleet.Memory());
        }
        finally
        {
            owned.ForEach(each => each.Dispose());
        }
    }
}
