using System.Collections.Concurrent;
using Orders;
using Tumbler.Client;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTumbler(builder.Configuration.GetSection("Tumbler"));

var app = builder.Build();
app.UseTumbler();

var orders = new ConcurrentQueue<Order>();
app.MapGet("/orders", () => orders.ToArray()).RequireScope("orders:read");
app.MapPost("/orders", (Order order) =>
{
    orders.Enqueue(order);
    return Results.Created();
}).RequireScope("orders:write");

app.Run();
