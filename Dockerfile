FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . ./
# The only folder that is written to, if the database is SQLite. Mount a volume here.
RUN python -m compileall -q . && install --directory --owner=10001 instance
USER 10001
# Lets glibc return the 19 MiB that verifying a password takes to the system.
ENV HOST=0.0.0.0 PORT=25000 WORKERS=1 MALLOC_MMAP_THRESHOLD_=1048576
EXPOSE 25000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:25000/health/ready', timeout=4)"]
# exec replaces the shell, so that signals reach the server. If several instances start at the same
# time, one prepares the database and the others wait for it.
CMD ["sh", "-c", "python -m flask --app app prepare && exec python -m flask --app app serve"]
