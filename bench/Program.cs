using System.Globalization;
using Tumbler.Bench.Cluster;
using Tumbler.Bench.Commits;
using Tumbler.Bench.Edge;
using Tumbler.Bench.Growth;
using Tumbler.Bench.Limits;
using Tumbler.Bench.Micro;
using Tumbler.Bench.Peers;
using Tumbler.Bench.Promises;
using Tumbler.Bench.Sdk;
using Tumbler.Bench.Start;
using Tumbler.Bench.Telemetry;
using Tumbler.Bench;

// The server that the product is measured against: started by the paths below.
if (args is [LimitServer.Command, var url])
    return await LimitServer.Run(url);
if (args is [GrowthCommand.Name, .. var ofGrowth])
    return await GrowthCommand.Run(ofGrowth);
if (args is ["micro", .. var what])
    return await MicroRun.Run(what);

BenchPath[] limits =
[
    new("token-es256", Floor: 0.65, Reach: 0.80, LimitPaths.TokenEs256),
    new("token-rs256", Floor: 0.70, Reach: 0.80, LimitPaths.TokenRs256),
    new("jwks", Floor: 0.80, Reach: 0.90, LimitPaths.Jwks),
    new("api-key-verify", Floor: 0.65, Reach: 0.85, LimitPaths.ApiKeyVerify),
    new("commits", Floor: 0.40, Reach: 0.60, CommitsPath.Measure),
    new("cluster-jwks", Floor: 0.90, Reach: 0.95, ClusterPaths.Jwks),
    new("cluster-token", Floor: 0.90, Reach: 0.95, ClusterPaths.Token),
    new("cluster-verify", Floor: 0.90, Reach: 0.95, ClusterPaths.Verify),
    new("headers", Floor: 0.95, Reach: 0.98, EdgePaths.Headers),
    new("flood", Floor: 0.50, Reach: 0.80, EdgePaths.Flood),
    new("cli-start", Floor: 0.40, Reach: 0.60, CliStartPaths.Binary),
    new("cli-start-tool", Floor: 0.40, Reach: 0.60, CliStartPaths.Tool),
    new("sdk-verify-es256", Floor: 0.85, Reach: 0.95, SdkPaths.Es256),
    new("sdk-verify-rs256", Floor: 0.85, Reach: 0.95, SdkPaths.Rs256),
    new("telemetry", Floor: 0.95, Reach: 0.98, TelemetryPaths.Tokens),
    new("scrape", Floor: 1, Reach: 2, TelemetryPaths.Scrape),
    new("p99-token-es256", Floor: 1, Reach: 1, LatencyPaths.TokenEs256),
    new("p99-jwks", Floor: 1, Reach: 1, LatencyPaths.Jwks),
    new("p99-api-key-verify", Floor: 1, Reach: 1, LatencyPaths.ApiKeyVerify),
    new("start", Floor: 1, Reach: 1, PromisePaths.Start),
    new("idle-memory", Floor: 1, Reach: 1, PromisePaths.IdleMemory),
    new("token-allocation", Floor: 1, Reach: 1, PromisePaths.TokenAllocation),
    new("full-collections", Floor: 1, Reach: 1, PromisePaths.FullCollections),
];

// On two cores a bare Kestrel serves two to three times the key sets of two processes of it: seven times is for larger machines.
BenchPath[] peers =
[
    new("peer-token-es256", Floor: 3.5, Reach: 5, PeerPaths.TokenEs256),
    new("peer-token-rs256", Floor: 1.4, Reach: 1.6, PeerPaths.TokenRs256),
    new("peer-jwks", Floor: 1.8, Reach: 7, PeerPaths.Jwks),
];

var (command, paths, arguments) = args is ["peers", .. var rest] ? ("peers", peers, rest) : ("run", limits, args);
if (!BenchOptions.TryParse(arguments, [.. paths.Select(path => path.Name)], out var options))
{
    Console.Error.WriteLine($"usage: bench/{command} [path…] [--rounds n] [--seconds n]     paths: {string.Join(", ", paths.Select(path => path.Name))}");
    return 64;
}

var fastEnough = true;
foreach (var path in paths.Where(path => options.Paths.Contains(path.Name)))
{
    var comparison = await path.Measure(options);
    comparison.Print();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"ratio {path.Name} {comparison.Ratio:F2} floor {path.Floor:F2} reach {path.Reach:F2}"));
    fastEnough &= comparison.Ratio >= path.Floor;
}

return fastEnough ? 0 : 1;
