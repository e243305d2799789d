// The service behind a gateway: says which headers have reached it, every copy of each.
import http from 'node:http';

http.createServer((request, response) => {
  const headers = {};
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    (headers[request.rawHeaders[i].toLowerCase()] ??= []).push(request.rawHeaders[i + 1]);
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ method: request.method, url: request.url, headers }));
}).listen(Number(process.argv[2]), '127.0.0.1');
