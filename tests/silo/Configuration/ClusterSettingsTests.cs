using System.Net;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class ClusterSettingsTests : IDisposable
{
    private static readonly string[] Cluster =
    [
        "--Engine:Kind=cluster", "--Storage:Kind=postgres", "--Storage:Postgres:ConnectionString=Host=db;Database=d;Username=u",
        "--Cluster:Redis:ConnectionString=redis.example:6379",
    ];

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void A_cluster_on_one_machine_needs_a_database_and_a_Redis_and_nothing_else()
    {
        var cluster = start.Read(Cluster)!.Cluster!;

        Assert.Equal("tumbler", cluster.Id);
        Assert.Equal(IPAddress.Loopback, cluster.Address);
        Assert.Equal(11111, cluster.SiloPort);
        Assert.Null(cluster.Tls);
        Assert.Null(cluster.RedisAuthorities);
        Assert.Equal(
            [
                "Storage:Kind: must be postgres when Engine:Kind is cluster; silos share one database",
                "Cluster:Redis:ConnectionString: is required; give it, or a file that holds it by Cluster:Redis:ConnectionString_FILE",
            ],
            start.ErrorsOf("--Engine:Kind", "cluster"));
    }

    [Theory]
    [InlineData("Cluster:Id", "two words", "Cluster:Id: must be 1 to 64 of [A-Za-z0-9._-]")]
    [InlineData("Cluster:SiloPort", "0", "Cluster:SiloPort: must be a port, 1 to 65535")]
    [InlineData("Cluster:SiloAddress", "0.0.0.0", "Cluster:SiloAddress: must be the IP address at which the other silos reach this one")]
    [InlineData("Cluster:SiloAddress", "10.0.0.1", "Cluster:Tls:Certificate:Path: is required, because Cluster:SiloAddress is not a loopback address")]
    [InlineData("Cluster:Tls:Authorities", "ca.pem", "Cluster:Tls:Certificate:Path: is required with Cluster:Tls:Authorities")]
    [InlineData("Cluster:Tls:Certificate:Path", "silo.pem", "Cluster:Tls:Authorities: is required with Cluster:Tls:Certificate:Path")]
    [InlineData("Cluster:Redis:Authority", "ca.pem", "Cluster:Redis:Authority: unknown setting; did you mean Cluster:Redis:Authorities?")]
    public void A_wrong_setting_is_named_with_its_rule(string name, string value, string error) =>
        Assert.Equal([error], start.ErrorsOf([.. Cluster, $"--{name}={value}"]));
}
