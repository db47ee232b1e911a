import express from 'express';
import multer from 'multer';
import { isMainModule } from '../shared/main-module.ts';

/**
 * The floor of the upload benchmark: Express and multer as their manuals show them, writing to a folder and nothing
 * else.
 */
function main(folder: string): void {
  const app = express();
  const upload = multer({ storage: multer.diskStorage({ destination: folder }) });
  app.post('/files', upload.array('files'), (request, response) => {
    const files = Array.isArray(request.files) ? request.files : [];
    response.json({ files: files.map(({ size }) => size) });
  });
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(JSON.stringify({ port: address.port }));
  });
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
  });
}

if (isMainModule(import.meta.url)) main(process.argv[2] ?? '.');
