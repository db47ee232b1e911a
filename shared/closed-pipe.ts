/** For programs whose output may be read by another that has seen enough (`| head`) and closes the pipe. */

/** What is left to say is lost then, and that is no fault. Any other fault of the streams stays one. */
export function allowClosedPipe(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
