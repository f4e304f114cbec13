"""A door with TLS before a server that has none: ``tls_front.py CERTIFICATE KEY PORT`` prints its port and serves."""

import asyncio
import contextlib
import ssl
import sys


async def main(certificate: str, key: str, port: int) -> None:
    """Pass on what comes, both ways, until this process is ended."""
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate, key)

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(65_536):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=trust)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # whoever started it reads it
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
